-- Tables whose primary key is one column of text.
SELECT k.schema, k.table_name, 'The primary key of ' || k.table_name || ' is text' AS message
FROM built_keys k
JOIN built_key_columns of_key ON of_key.key_id = k.id
JOIN built_columns c
  ON c.schema = k.schema AND c.table_name = k.table_name AND c.name = of_key.column_name
WHERE k.kind = 'primary' AND c.type = 'text'
