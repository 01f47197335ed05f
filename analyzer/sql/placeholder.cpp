namespace schemaudit {}
