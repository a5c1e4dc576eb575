// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/targets.h"

#include <zip.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "schema/register_def.h"
#include "src/documents/import_office.h"
#include "src/documents/text_import.h"
#include "sync/log/log_entry.h"
#include "sync/op/segment.h"
#include "sync/transport/blob_messages.h"
#include "sync/transport/bundle.h"
#include "sync/transport/office_messages.h"
#include "sync/transport/repair_messages.h"
#include "sync/transport/sealed_message.h"
#include "sync/transport/snapshot_messages.h"
#include "sync/transport/wipe_messages.h"
#include "sync/transport/wire_messages.h"

namespace hezhang::fuzz {
namespace {

const sync::Suite& suite() {
    return *sync::suiteFor(sync::SuiteId::international);
}

void require(bool holds, const char* what) {
    if (!holds) {
        std::fprintf(stderr, "does not hold: %s\n", what);
        std::abort();
    }
}

// What can be read is what its own bytes say.
template <class Message>
void readBack(BytesView bytes) {
    const auto read = sync::decode<Message>(bytes, "message");
    if (!read) {
        return;
    }
    const Bytes written = sync::encode(*read);
    const auto again = sync::decode<Message>(written, "message");
    require(again.has_value(), "what was written is read");
    require(sync::encode(*again) == written, "and says the same");
}

void segments(BytesView bytes) {
    const auto sealed = sync::openSegment(suite(), bytes);
    if (sealed) {
        (void)sync::verify(suite(), *sealed, Bytes(32, 1));
        require(sealed->opIds.size() == sealed->segment.ops.size(), "each op has an id");
        if (!sealed->opIds.empty() && !sealed->segment.isExtract()) {
            const Bytes extract = sync::extractOf(suite(), *sealed, std::span(sealed->opIds).first(1));
            const auto opened = sync::openSegment(suite(), extract);
            require(opened && opened->hash == sealed->hash, "an extract is the same segment");
        }
    }
}

void entries(BytesView bytes) {
    readBack<sync::LogEntry>(bytes);
    readBack<sync::Head>(bytes);
    readBack<sync::Page>(bytes);
}

void requests(BytesView bytes) {
    const auto opened = sync::openFrame(sync::addressOf(bytes).message);
    readBack<sync::SyncRequest>(opened ? BytesView(opened->plain) : bytes);
    readBack<sync::EnrolRequest>(opened ? BytesView(opened->plain) : bytes);
    readBack<sync::OfficeRequest>(opened ? BytesView(opened->plain) : bytes);
    readBack<sync::RepairRequest>(opened ? BytesView(opened->plain) : bytes);
    readBack<sync::SnapshotRequest>(opened ? BytesView(opened->plain) : bytes);
    readBack<sync::WipeRequest>(opened ? BytesView(opened->plain) : bytes);
    readBack<sync::BlobPut>(opened ? BytesView(opened->plain) : bytes);
    readBack<sync::BlobGet>(opened ? BytesView(opened->plain) : bytes);
    readBack<sync::ThumbRequest>(opened ? BytesView(opened->plain) : bytes);
}

void answers(BytesView bytes) {
    readBack<sync::SyncAnswer>(bytes);
    readBack<sync::EnrolAnswer>(bytes);
    readBack<sync::OfficeAnswer>(bytes);
    readBack<sync::RepairAnswer>(bytes);
    readBack<sync::SnapshotAnswer>(bytes);
    readBack<sync::SnapshotLog>(bytes);
    readBack<sync::SnapshotOps>(bytes);
    readBack<sync::WipeAnswer>(bytes);
    readBack<sync::BlobGetAnswer>(bytes);
    readBack<sync::ThumbAnswer>(bytes);
}

void bundles(BytesView bytes) {
    (void)sync::openBundle(bytes);
}

void registers(BytesView bytes) {
    (void)schema::parseRegister(textOf(bytes), "register.json");
}

void texts(BytesView bytes) {
    (void)documents::importText(textOf(bytes));
}

std::string zipOf(const std::map<std::string, std::string>& parts) {
    zip_error_t error;
    zip_source_t* buffer = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(buffer);
    zip_t* archive = zip_open_from_source(buffer, ZIP_TRUNCATE, &error);
    for (const auto& [name, text] : parts) {
        const zip_int64_t at =
            zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), 0);
        zip_set_file_compression(archive, static_cast<zip_uint64_t>(at), ZIP_CM_STORE, 0);
    }
    zip_close(archive);
    zip_source_open(buffer);
    zip_source_seek(buffer, 0, SEEK_END);
    std::string bytes(static_cast<std::size_t>(zip_source_tell(buffer)), '\0');
    zip_source_seek(buffer, 0, SEEK_SET);
    zip_source_read(buffer, bytes.data(), bytes.size());
    zip_source_close(buffer);
    zip_source_free(buffer);
    return bytes;
}

void words(BytesView bytes) {
    (void)documents::importDocx(textOf(bytes));
    (void)documents::importHtml(textOf(bytes));
    (void)documents::importDocx(zipOf({{"word/document.xml", std::string(textOf(bytes))}}));
}

void sheets(BytesView bytes) {
    const std::string rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const std::string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    (void)documents::importXlsx(zipOf(
        {{"xl/workbook.xml",
          "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + rels +
              "\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
         {"xl/_rels/workbook.xml.rels",
          "<Relationships "
          "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
          "Type=\"" +
              rels + "/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"},
         {"xl/worksheets/sheet1.xml", std::string(textOf(bytes))}}));
}

}  // namespace

const std::map<std::string_view, Target>& targets() {
    static const std::map<std::string_view, Target> all{
        {"segments", segments}, {"entries", entries}, {"requests", requests},
        {"answers", answers},   {"bundles", bundles}, {"registers", registers},
        {"texts", texts},       {"words", words},     {"sheets", sheets}};
    return all;
}

}  // namespace hezhang::fuzz
