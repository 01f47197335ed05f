# Writes OUTPUT, which holds the files of FOLDER as the constants that html_assets.h declares.
#   cmake -D FOLDER=reports/html -D OUTPUT=html_assets.cpp -P embed_assets.cmake
set(code "#include \"reports/html_assets.h\"\n\nnamespace schemaudit {\n\n")
foreach(asset "kHtmlPage page.html" "kHtmlStyle report.css" "kHtmlScript report.js")
  string(REPLACE " " ";" asset "${asset}")
  list(GET asset 0 constant)
  list(GET asset 1 file)
  file(READ "${FOLDER}/${file}" content)
  string(APPEND code "const std::string_view ${constant} = R\"asset(${content})asset\";\n")
endforeach()
string(APPEND code "\n}  // namespace schemaudit\n")
file(WRITE "${OUTPUT}" "${code}")
