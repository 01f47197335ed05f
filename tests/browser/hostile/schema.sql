-- Names, comments and defaults that break pages which do not escape them.
CREATE TABLE "<img src=x onerror=window.ran='table'>" (
  id bigint PRIMARY KEY,
  "</script><script>window.ran='column'</script>" text NOT NULL DEFAULT '</style><script>window.ran=''default''</script>',
  "quote""'`{{body}}" varchar(20),
  "two
lines" integer,
  "‮gnp.exe" text,
  "::error file=x::y" text CHECK ("::error file=x::y" IN ('<b>', '[31mred')),
  "very_long_name_very_long_name_very_long_name_very_long_name_" text
);
COMMENT ON TABLE "<img src=x onerror=window.ran='table'>" IS '<svg onload=window.ran=''comment''>';
CREATE TABLE p3_target (id bigint PRIMARY KEY);
CREATE TABLE "<svg onload=window.ran='edge'>" (
  id bigint PRIMARY KEY,
  target bigint REFERENCES p3_target (id)
);
