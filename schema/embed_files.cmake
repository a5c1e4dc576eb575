# Writes OUTPUT, a C++ source that holds the bytes of FILES (a list) and defines FUNCTION of schema/built_in_files.h:
# cmake -DOUTPUT=… -DFUNCTION=… -DFILES=… -P this
set(arrays "")
set(entries "")
foreach(file ${FILES})
    get_filename_component(name "${file}" NAME)
    string(MAKE_C_IDENTIFIER "${FUNCTION}_${name}" array)
    file(READ "${file}" bytes HEX)
    string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${bytes}")
    string(APPEND arrays "static constexpr char k_${array}[] = {${bytes}};\n")
    string(APPEND entries "    {\"${name}\", {k_${array}, sizeof k_${array}}},\n")
endforeach()
file(WRITE "${OUTPUT}" "// Made by schema/embed_files.cmake.
#include \"schema/built_in_files.h\"

namespace hezhang::schema {

${arrays}
static constexpr FileSource k_${FUNCTION}[] = {
${entries}};

std::span<const FileSource> ${FUNCTION}() { return k_${FUNCTION}; }

}  // namespace hezhang::schema
")
