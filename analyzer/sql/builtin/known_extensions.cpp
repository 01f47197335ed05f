#include "analyzer/sql/builtin/known_extensions.h"

#include <algorithm>

namespace schemaudit {

namespace {

#include "analyzer/sql/builtin/known_extensions_data.inc"

// From the documentation of pgvector and PostGIS, which no PostgreSQL brings along.
constexpr std::string_view kVectorTypes[] = {"halfvec", "sparsevec", "vector"};
constexpr std::string_view kVectorFunctions[] = {
    "avg",         "binary_quantize", "cosine_distance", "hamming_distance", "inner_product",
    "l1_distance", "l2_distance",     "l2_norm",         "l2_normalize",     "subvector",
    "sum",         "vector_dims",     "vector_norm"};
constexpr std::string_view kVectorOperatorClasses[] = {
    "bit_hamming_ops",   "bit_jaccard_ops",  "halfvec_cosine_ops", "halfvec_ip_ops",
    "halfvec_l1_ops",    "halfvec_l2_ops",   "halfvec_ops",        "sparsevec_cosine_ops",
    "sparsevec_ip_ops",  "sparsevec_l1_ops", "sparsevec_l2_ops",   "sparsevec_ops",
    "vector_cosine_ops", "vector_ip_ops",    "vector_l1_ops",      "vector_l2_ops",
    "vector_ops"};
constexpr std::string_view kPostgisTypes[] = {"box2d",     "box2df",   "box3d",
                                              "geography", "geometry", "geometry_dump",
                                              "gidx",      "spheroid", "valid_detail"};
constexpr std::string_view kPostgisFunctions[] = {"postgis_full_version",
                                                  "postgis_version",
                                                  "st_area",
                                                  "st_asewkb",
                                                  "st_asewkt",
                                                  "st_asgeojson",
                                                  "st_astext",
                                                  "st_buffer",
                                                  "st_centroid",
                                                  "st_contains",
                                                  "st_distance",
                                                  "st_dwithin",
                                                  "st_envelope",
                                                  "st_geogfromtext",
                                                  "st_geohash",
                                                  "st_geomfromewkt",
                                                  "st_geomfromgeojson",
                                                  "st_geomfromtext",
                                                  "st_intersection",
                                                  "st_intersects",
                                                  "st_isempty",
                                                  "st_isvalid",
                                                  "st_length",
                                                  "st_makeenvelope",
                                                  "st_makepoint",
                                                  "st_makevalid",
                                                  "st_point",
                                                  "st_pointfromtext",
                                                  "st_setsrid",
                                                  "st_simplify",
                                                  "st_srid",
                                                  "st_transform",
                                                  "st_union",
                                                  "st_within",
                                                  "st_x",
                                                  "st_y",
                                                  "st_z"};
constexpr std::string_view kPostgisOperatorClasses[] = {"brin_geography_inclusion_ops",
                                                        "brin_geometry_inclusion_ops_2d",
                                                        "brin_geometry_inclusion_ops_3d",
                                                        "brin_geometry_inclusion_ops_4d",
                                                        "btree_geography_ops",
                                                        "btree_geometry_ops",
                                                        "gist_geography_ops",
                                                        "gist_geometry_ops_2d",
                                                        "gist_geometry_ops_nd",
                                                        "hash_geometry_ops",
                                                        "spgist_geography_ops_nd",
                                                        "spgist_geometry_ops_2d",
                                                        "spgist_geometry_ops_3d",
                                                        "spgist_geometry_ops_nd"};
constexpr std::string_view kPostgisRasterTypes[] = {"raster"};
constexpr std::string_view kPostgisRasterRequires[] = {"postgis"};
constexpr KnownExtension kOtherExtensions[] = {
    {"postgis", kPostgisTypes, kPostgisFunctions, kPostgisOperatorClasses, false, "", {}},
    {"postgis_raster", kPostgisRasterTypes, {}, {}, false, "", kPostgisRasterRequires},
    {"vector", kVectorTypes, kVectorFunctions, kVectorOperatorClasses, true, "", {}},
};

bool among(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

bool KnownExtension::has_operator_class(std::string_view operator_class) const {
  return among(operator_classes, operator_class);
}

const KnownExtension* find_known_extension(std::string_view name) {
  for (const KnownExtension& extension : kExtensions)
    if (extension.name == name) return &extension;
  for (const KnownExtension& extension : kOtherExtensions)
    if (extension.name == name) return &extension;
  return nullptr;
}

bool is_default_in_extension(std::string_view operator_class) {
  // Most are; these are the ones that an index has to name.
  constexpr std::string_view kNamed[] = {
      "bit_hamming_ops",  "bit_jaccard_ops",  "citext_pattern_ops", "gin__int_ops",
      "gin_trgm_ops",     "gist__intbig_ops", "gist_trgm_ops",      "halfvec_cosine_ops",
      "halfvec_ip_ops",   "halfvec_l1_ops",   "halfvec_l2_ops",     "sparsevec_cosine_ops",
      "sparsevec_ip_ops", "sparsevec_l1_ops", "sparsevec_l2_ops",   "vector_cosine_ops",
      "vector_ip_ops",    "vector_l1_ops",    "vector_l2_ops"};
  return std::find(std::begin(kNamed), std::end(kNamed), operator_class) == std::end(kNamed);
}

}  // namespace schemaudit
