# Writes OUTPUT, a C++ source that holds the bytes of FILES (a list): cmake -DOUTPUT=… -DFILES=… -P this
set(arrays "")
set(entries "")
foreach(file ${FILES})
    get_filename_component(name "${file}" NAME)
    get_filename_component(stem "${file}" NAME_WE)
    file(READ "${file}" bytes HEX)
    string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${bytes}")
    string(APPEND arrays "constexpr char k_${stem}[] = {${bytes}};\n")
    string(APPEND entries "    {\"${name}\", {k_${stem}, sizeof k_${stem}}},\n")
endforeach()
file(WRITE "${OUTPUT}" "// Made by schema/embed_registers.cmake from schema/registers/*.json.
#include \"schema/built_in_registers.h\"

namespace hezhang::schema {

namespace {

${arrays}
constexpr RegisterSource kSources[] = {
${entries}};

}  // namespace

std::span<const RegisterSource> builtInSources() { return kSources; }

}  // namespace hezhang::schema
")
