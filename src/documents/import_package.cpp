// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/import_package.h"

#include <zip.h>

#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

constexpr std::size_t kPackedBytesMax = 20 << 20;
constexpr std::size_t kUnpackedBytesMax = 200 << 20;
constexpr zip_int64_t kEntriesMax = 2'000;
constexpr zip_uint64_t kRatioMax = 100;
constexpr zip_uint64_t kRatioFreeBytes = 1 << 20;  // small parts compress better than the ratio without harm
constexpr int kDepthMax = 200;

// pugixml frees and walks trees by recursion somewhere; a depth no office file has is refused before.
bool isTooDeep(std::string_view xml) {
    int depth = 0;
    for (std::size_t at = 0; (at = xml.find('<', at)) != std::string_view::npos; ++at) {
        if (at + 1 >= xml.size() || xml[at + 1] == '?' || xml[at + 1] == '!') {
            continue;
        }
        const auto end = xml.find('>', at);
        if (end == std::string_view::npos) {
            break;
        }
        if (xml[at + 1] == '/') {
            --depth;
        } else if (xml[end - 1] != '/') {
            ++depth;
        }
        if (depth > kDepthMax) {
            return true;
        }
    }
    return false;
}

}  // namespace

void OfficePackage::Closer::operator()(zip* archive) const {
    zip_discard(archive);
}

Result<OfficePackage> OfficePackage::open(std::string_view bytes) {
    if (bytes.size() > kPackedBytesMax) {
        return fail(ErrorCode::fileTooLarge, "the document is larger than 20 MB");
    }
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip* archive = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) : nullptr;
    zip_error_fini(&error);
    if (!archive) {
        if (source) {
            zip_source_free(source);
        }
        return fail(ErrorCode::malformed, "the file is no Office document");
    }
    OfficePackage package(archive);
    if (zip_get_num_entries(archive, 0) > kEntriesMax) {
        return fail(ErrorCode::fileTooLarge, "the document has more than 2,000 parts");
    }
    return package;
}

Result<std::string> OfficePackage::bytesOf(const std::string& name) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat(m_archive.get(), name.c_str(), 0, &stat) != 0) {
        return fail(ErrorCode::notFound, "a part of the document is missing");
    }
    constexpr zip_uint64_t kNeeded = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
    if ((stat.valid & kNeeded) != kNeeded) {
        return fail(ErrorCode::malformed, "a part of the document is damaged");
    }
    m_unpacked += stat.size;
    const bool swells = stat.size > kRatioFreeBytes && stat.size / kRatioMax > stat.comp_size;
    if (stat.size > kUnpackedBytesMax || m_unpacked > kUnpackedBytesMax || swells) {
        return fail(ErrorCode::fileTooLarge, "the document unpacks to more than is allowed");
    }
    zip_file_t* file = zip_fopen(m_archive.get(), name.c_str(), 0);
    if (!file) {
        return fail(ErrorCode::malformed, "a part of the document cannot be read");
    }
    std::string bytes(stat.size, '\0');
    const zip_int64_t read = zip_fread(file, bytes.data(), bytes.size());
    zip_fclose(file);
    if (read != static_cast<zip_int64_t>(bytes.size())) {
        return fail(ErrorCode::malformed, "a part of the document is damaged");
    }
    return bytes;
}

Result<std::unique_ptr<pugi::xml_document>> OfficePackage::part(const std::string& name) {
    HZ_TRY(const std::string bytes, bytesOf(name));
    if (bytes.find("<!DOCTYPE") != std::string::npos || isTooDeep(bytes)) {
        return fail(ErrorCode::malformed, "a part of the document holds what no Office document has");
    }
    auto document = std::make_unique<pugi::xml_document>();
    const auto parsed =
        document->load_buffer(bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_ws_pcdata);
    if (!parsed) {
        return fail(ErrorCode::malformed, "a part of the document is no XML");
    }
    return document;
}

bool OfficePackage::has(const std::string& name) const {
    return zip_name_locate(m_archive.get(), name.c_str(), 0) >= 0;
}

std::string OfficePackage::mainPart(const std::string& usual) {
    const auto relations = part("_rels/.rels");
    if (!relations) {
        return usual;
    }
    for (const auto& relation : (*relations)->document_element().children()) {
        const auto target = attributeNamed(relation, "Target");
        if (attributeNamed(relation, "Type").ends_with("/officeDocument") && !target.empty()) {
            return std::string(target.starts_with("/") ? target.substr(1) : target);
        }
    }
    return usual;
}

std::string_view localName(const pugi::xml_node& node) {
    const std::string_view name = node.name();
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node childNamed(const pugi::xml_node& node, std::string_view wanted) {
    for (const auto& child : node.children()) {
        if (localName(child) == wanted) {
            return child;
        }
    }
    return {};
}

std::string_view attributeNamed(const pugi::xml_node& node, std::string_view wanted) {
    for (const auto& attribute : node.attributes()) {
        const std::string_view name = attribute.name();
        const auto colon = name.find(':');
        if ((colon == std::string_view::npos ? name : name.substr(colon + 1)) == wanted) {
            return attribute.value();
        }
    }
    return {};
}

int numberOr(std::string_view text, int otherwise) {
    const auto number = ledger::numberFrom(ledger::toUtf16(text));
    return number && !text.empty() ? *number : otherwise;
}

}  // namespace hezhang::documents
