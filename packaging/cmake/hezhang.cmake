# The two functions every folder uses. Warnings are set on our targets only.

# So many files are compiled as one where CMAKE_UNITY_BUILD is on.
if(NOT CMAKE_UNITY_BUILD_BATCH_SIZE)
    set(CMAKE_UNITY_BUILD_BATCH_SIZE 16)
endif()

add_library(hezhang_warnings INTERFACE)
target_compile_options(hezhang_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual
    -Werror=unused-result -Werror=switch)
# g++ 12 reports these for growing vectors and for std::optional where nothing is wrong; the sanitizers look for the real ones.
target_compile_options(hezhang_warnings INTERFACE
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds -Wno-restrict>)
# What is meant is a header with a nameless namespace (tests/tidy/check_tree.py); the files of a unity build look like headers.
if(CMAKE_UNITY_BUILD)
    target_compile_options(hezhang_warnings INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endif()
if(HEZHANG_WARNINGS_AS_ERRORS)
    target_compile_options(hezhang_warnings INTERFACE -Werror)
endif()

# hezhang_add_library(name folder… LIBRARIES target… [EXCLUDE file…] [SEPARATE file…])
# One static library of all *.cpp right inside the given folders (paths from the project's root). In a unity build SEPARATE files are
# compiled together, but apart from the others: they have file-local names that another file of the library has too.
function(hezhang_add_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LIBRARIES;EXCLUDE;SEPARATE")
    set(sources)
    foreach(folder ${arg_UNPARSED_ARGUMENTS})
        file(GLOB found CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${folder}/*.cpp")
        list(APPEND sources ${found})
    endforeach()
    foreach(file ${arg_EXCLUDE})
        list(REMOVE_ITEM sources "${PROJECT_SOURCE_DIR}/${file}")
    endforeach()
    if(NOT sources)
        add_library(${name} INTERFACE)
        target_include_directories(${name} INTERFACE "${PROJECT_SOURCE_DIR}")
        target_link_libraries(${name} INTERFACE ${arg_LIBRARIES})
        return()
    endif()
    add_library(${name} STATIC ${sources})
    list(TRANSFORM arg_SEPARATE PREPEND "${PROJECT_SOURCE_DIR}/")
    set(count 0)
    foreach(file ${sources})
        if(file IN_LIST arg_SEPARATE)
            set(group apart)
        else()
            math(EXPR group "${count} / ${CMAKE_UNITY_BUILD_BATCH_SIZE}")
            math(EXPR count "${count} + 1")
        endif()
        set_property(SOURCE "${file}" PROPERTY UNITY_GROUP ${group})
    endforeach()
    set_target_properties(${name} PROPERTIES UNITY_BUILD_MODE GROUP)
    target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}")
    target_link_libraries(${name} PUBLIC ${arg_LIBRARIES} PRIVATE hezhang_warnings)
endfunction()

# hezhang_add_test(name source… LIBRARIES target…): one GoogleTest program, found by ctest case by case.
function(hezhang_add_test name)
    if(name IN_LIST HEZHANG_TESTS_LEFT_OUT)
        return()
    endif()
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "LIBRARIES")
    add_executable(${name} ${arg_UNPARSED_ARGUMENTS})
    target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
    # Test code is compiled often and runs little: what it tests keeps its own flags.
    target_compile_options(${name} PRIVATE -O0)
    target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} GTest::gmock_main hezhang_warnings)
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 600)
    endif()
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT})
endfunction()
