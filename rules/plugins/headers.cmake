# What plug-ins are built with: these headers, their digest, and a package that finds them.
file(GLOB plugin_headers CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}
     ${PROJECT_SOURCE_DIR}/analyzer/model/*.h)
list(FILTER plugin_headers EXCLUDE REGEX snapshot)
list(
  APPEND
  plugin_headers
  analyzer/comparison/comparison.h
  analyzer/comparison/schema_differences.h
  rules/findings/finding_places.h
  rules/rule.h
  rules/findings/schema_findings.h
  rules/facts/object_refs.h
  rules/facts/tables.h
  rules/plugins/plugin.h)

set(headers_digest ${PROJECT_BINARY_DIR}/rules/plugins/headers_digest.h)
list(TRANSFORM plugin_headers PREPEND ${PROJECT_SOURCE_DIR}/ OUTPUT_VARIABLE plugin_header_files)
string(REPLACE ";" "," plugin_header_list "${plugin_headers}")
add_custom_command(
  OUTPUT ${headers_digest}
  COMMAND
    ${CMAKE_COMMAND} -DROOT=${PROJECT_SOURCE_DIR} -DVERSION=${PROJECT_VERSION}
    -DHEADERS=${plugin_header_list} -DOUTPUT=${headers_digest} -P
    ${CMAKE_CURRENT_LIST_DIR}/write_headers_digest.cmake
  DEPENDS ${plugin_header_files} ${CMAKE_CURRENT_LIST_DIR}/write_headers_digest.cmake
  VERBATIM)
target_sources(schemaudit_rules PRIVATE ${headers_digest})
target_include_directories(schemaudit_rules PRIVATE ${PROJECT_BINARY_DIR})

include(CMakePackageConfigHelpers)
set(include_folder ${CMAKE_INSTALL_INCLUDEDIR}/schemaudit)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/schemaudit)
foreach(header ${plugin_headers})
  get_filename_component(folder ${header} DIRECTORY)
  install(FILES ${PROJECT_SOURCE_DIR}/${header} DESTINATION ${include_folder}/${folder})
endforeach()
install(FILES ${headers_digest} DESTINATION ${include_folder}/rules/plugins)

add_library(plugin INTERFACE)
target_compile_features(plugin INTERFACE cxx_std_20)
target_include_directories(plugin INTERFACE $<INSTALL_INTERFACE:${include_folder}>)
install(TARGETS plugin EXPORT schemauditTargets)
install(
  EXPORT schemauditTargets
  NAMESPACE schemaudit::
  DESTINATION ${package_folder})
configure_package_config_file(
  ${CMAKE_CURRENT_LIST_DIR}/schemauditConfig.cmake.in
  ${CMAKE_CURRENT_BINARY_DIR}/schemauditConfig.cmake
  INSTALL_DESTINATION ${package_folder}
  PATH_VARS CMAKE_INSTALL_BINDIR)
write_basic_package_version_file(
  ${CMAKE_CURRENT_BINARY_DIR}/schemauditConfigVersion.cmake COMPATIBILITY ExactVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/schemauditConfig.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/schemauditConfigVersion.cmake
        DESTINATION ${package_folder})
