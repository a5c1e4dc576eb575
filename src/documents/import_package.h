// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The zip package of an office file: its parts as XML documents, read within limits.
//
// Shape:   parts are asked for by name; nothing is ever unpacked to disk, so names in the file lead nowhere.
// Limits:  as in import_office.h, checked before memory is taken.
// Errors:  malformed, fileTooLarge, notFound for a part that is not there.
// Threads: one package is used by one thread.
#pragma once

#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "sync/base/result.h"

struct zip;

namespace hezhang::documents {

class OfficePackage {
public:
    // REQUIRES: `bytes` outlive the package.
    [[nodiscard]] static Result<OfficePackage> open(std::string_view bytes);

    [[nodiscard]] Result<std::unique_ptr<pugi::xml_document>> part(const std::string& name);
    [[nodiscard]] bool has(const std::string& name) const;
    // The part that the package names as its document, else `usual`.
    [[nodiscard]] std::string mainPart(const std::string& usual);

private:
    struct Closer {
        void operator()(zip* archive) const;
    };
    explicit OfficePackage(zip* archive) : m_archive(archive) {}

    Result<std::string> bytesOf(const std::string& name);

    std::unique_ptr<zip, Closer> m_archive;
    std::size_t m_unpacked = 0;
};

// The name without its namespace prefix: p of w:p.
[[nodiscard]] std::string_view localName(const pugi::xml_node& node);
[[nodiscard]] pugi::xml_node childNamed(const pugi::xml_node& node, std::string_view localName);
[[nodiscard]] std::string_view attributeNamed(const pugi::xml_node& node, std::string_view localName);
[[nodiscard]] int numberOr(std::string_view text, int otherwise);

}  // namespace hezhang::documents
