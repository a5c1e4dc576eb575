// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A folder of a test's own, which goes with the object.
//
// Errors:  throws where none can be made: the test fails.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace hezhang::test {

class TemporaryFolder {
public:
    // Below `parent`, which exists. The path is the shortest there is: by it SQLite names files.
    explicit TemporaryFolder(const std::filesystem::path& parent = std::filesystem::temp_directory_path())
        : m_path((std::filesystem::canonical(parent) / "hezhang-test-XXXXXX").string()) {
        if (::mkdtemp(m_path.data()) == nullptr) {
            throw std::runtime_error("no folder can be made in " + parent.string());
        }
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] const std::string& path() const { return m_path; }
    [[nodiscard]] std::string operator/(std::string_view name) const { return (m_path + "/").append(name); }
    // A path nothing stands at yet.
    [[nodiscard]] std::string fresh(std::string_view kind) { return *this / kind + std::to_string(m_next++); }

private:
    std::string m_path;
    int m_next = 0;
};

}  // namespace hezhang::test
