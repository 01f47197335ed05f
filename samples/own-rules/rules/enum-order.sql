-- Labels that stand elsewhere in the docs than in the database.
SELECT live.schema, live.enum_name AS name, 'enum' AS kind, live.label AS key,
       'Label ' || live.label || ' is number ' || live.position || ' in the database and number ' ||
       documented.position || ' in the docs' AS message
FROM live_enum_labels live
JOIN documented_enum_labels documented USING (enum_name, label)
WHERE live.position <> documented.position
