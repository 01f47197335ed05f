# Writes the digest of the headers that plug-ins are built with, where it has changed:
#   cmake -DROOT=... -DVERSION=0.1.0 "-DHEADERS=a.h;b.h" -DOUTPUT=... -P write_headers_digest.cmake
string(REPLACE "," ";" HEADERS "${HEADERS}")
set(text "")
foreach(header ${HEADERS})
  file(SHA256 ${ROOT}/${header} digest)
  string(APPEND text "${header} ${digest}\n")
endforeach()
string(SHA256 digest "${text}")
string(SUBSTRING ${digest} 0 16 digest)
file(
  CONFIGURE
  OUTPUT ${OUTPUT}
  CONTENT
    "// Made by rules/plugins/write_headers_digest.cmake.
#pragma once

#define SCHEMAUDIT_HEADERS_VERSION \"${VERSION}\"
#define SCHEMAUDIT_HEADERS_DIGEST \"${digest}\"
")
