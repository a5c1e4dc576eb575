// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/form_template.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <set>

#include "schema/built_in_files.h"
#include "schema/json_reader.h"
#include "src/ledger/files.h"
#include "sync/base/check.h"

namespace hezhang::documents {

namespace {

using JsonValue = nlohmann::json;
using schema::inQuotes;
using schema::ObjectReader;
using schema::Place;

constexpr std::size_t kFormBytesMax = 64 << 10;
constexpr std::size_t kFormColumnsMax = 64;
constexpr std::size_t kBlocksMax = 200;
constexpr int kMarginMax = 80;

template <class Enum>
struct NamedWord {
    std::string_view word;
    Enum value;
};

constexpr NamedWord<FormFor> kFors[] = {
    {"ledger", FormFor::ledger}, {"unit", FormFor::unit}, {"window", FormFor::window}};
constexpr NamedWord<RowKind> kRowKinds[] = {{"task", RowKind::task}, {"filing", RowKind::filing}};
constexpr NamedWord<Align> kAligns[] = {
    {"left", Align::left}, {"center", Align::center}, {"right", Align::right}};
constexpr NamedWord<BlockStyle> kStyles[] = {
    {"recipient", BlockStyle::recipient}, {"heading", BlockStyle::heading}, {"section", BlockStyle::section},
    {"body", BlockStyle::body},           {"review", BlockStyle::review},   {"sign", BlockStyle::sign}};
constexpr NamedWord<FormField> kFields[] = {{"serial", FormField::serial},
                                            {"number", FormField::number},
                                            {"section", FormField::section},
                                            {"item", FormField::item},
                                            {"content", FormField::content},
                                            {"indicator", FormField::indicator},
                                            {"responsible", FormField::responsible},
                                            {"deadline", FormField::deadline},
                                            {"due", FormField::due},
                                            {"progress", FormField::progress},
                                            {"own_progress", FormField::ownProgress},
                                            {"worksheet", FormField::worksheet},
                                            {"counted", FormField::counted},
                                            {"blank", FormField::blank},
                                            {"unit", FormField::unit},
                                            {"window", FormField::window},
                                            {"status", FormField::status},
                                            {"percent", FormField::percent},
                                            {"done_count", FormField::doneCount},
                                            {"text", FormField::text},
                                            {"state", FormField::state},
                                            {"evidence", FormField::evidence},
                                            {"author", FormField::author},
                                            {"at", FormField::at},
                                            {"verified", FormField::verified},
                                            {"conflict", FormField::conflict}};
constexpr std::string_view kFileTypes[] = {"docx", "pdf", "xlsx", "csv", "json"};
constexpr std::string_view kPlaces[] = {
    "ledger",  "year",  "issuer", "unit",  "window",    "contact", "filled",  "tasks",
    "filings", "units", "phone",  "asked", "submitted", "missing", "percent", "units_missing"};
constexpr std::string_view kUnitPlaces[] = {"unit_asked", "unit_missing", "unit_tasks"};

template <class Enum, std::size_t N>
auto oneOfWords(const NamedWord<Enum> (&words)[N]) {
    return [&words](std::string_view text) -> std::optional<Enum> {
        const auto found = std::ranges::find(words, text, &NamedWord<Enum>::word);
        return found == std::end(words) ? std::nullopt : std::optional(found->value);
    };
}

bool isOfFiling(FormField field) {
    return field >= FormField::unit;
}

// --- the parts ---

enum class Around { form, missingUnit };

Result<std::string> placedText(const ObjectReader& reader, std::string_view key, Around around) {
    HZ_TRY(std::string text, reader.text(key));
    std::string unknown;
    (void)filledIn(text, [&](std::string_view name) {
        const bool isKnown =
            std::ranges::find(kPlaces, name) != std::end(kPlaces) ||
            (around == Around::missingUnit && std::ranges::find(kUnitPlaces, name) != std::end(kUnitPlaces));
        unknown = isKnown || !unknown.empty() ? unknown : std::string(name) + " ";
        return "";
    });
    if (!unknown.empty()) {
        unknown.pop_back();
        return reader.at(key).wrong("there is nothing to put in the place " + inQuotes(unknown));
    }
    return text;
}

Result<FormFont> readFont(const ObjectReader& fonts, std::string_view key) {
    HZ_TRY(const JsonValue* const value, fonts.member(key));
    HZ_TRY(const auto reader, ObjectReader::open(*value, fonts.at(key), {"name", "points"}));
    FormFont font;
    HZ_TRY(font.name, reader.text("name"));
    HZ_TRY(const JsonValue* const points, reader.member("points"));
    const double twice = points->is_number() ? points->get<double>() * 2 : 0;
    if (twice < 10 || twice > 144 || twice != std::floor(twice)) {
        return reader.at("points").wrong("is not a size of 5 to 72 points, in halves");
    }
    font.halfPoints = static_cast<int>(twice);
    return font;
}

Result<FormFonts> readFonts(const ObjectReader& form) {
    HZ_TRY(const JsonValue* const value, form.member("fonts"));
    HZ_TRY(const auto reader,
           ObjectReader::open(*value, form.at("fonts"), {"title", "head", "heading", "section", "body"}));
    FormFonts fonts;
    HZ_TRY(fonts.title, readFont(reader, "title"));
    HZ_TRY(fonts.head, readFont(reader, "head"));
    HZ_TRY(fonts.heading, readFont(reader, "heading"));
    HZ_TRY(fonts.section, readFont(reader, "section"));
    HZ_TRY(fonts.body, readFont(reader, "body"));
    return fonts;
}

Result<int> readMargin(const ObjectReader& margins, std::string_view key) {
    HZ_TRY(const std::int64_t margin, margins.integer(key, 0));
    if (margin > kMarginMax) {
        return margins.at(key).wrong("is more than " + std::to_string(kMarginMax) + " mm");
    }
    return static_cast<int>(margin);
}

Result<FormPage> readPage(const ObjectReader& form) {
    HZ_TRY(const JsonValue* const value, form.member("page"));
    HZ_TRY(const auto reader, ObjectReader::open(*value, form.at("page"), {"orientation", "margins_mm"}));
    FormPage page;
    static constexpr NamedWord<bool> kOrientations[] = {{"landscape", true}, {"portrait", false}};
    HZ_TRY(page.isLandscape, reader.oneOf("orientation", "orientation", oneOfWords(kOrientations)));
    HZ_TRY(const JsonValue* const sides, reader.member("margins_mm"));
    HZ_TRY(const auto margins,
           ObjectReader::open(*sides, reader.at("margins_mm"), {"top", "right", "bottom", "left"}));
    HZ_TRY(page.top, readMargin(margins, "top"));
    HZ_TRY(page.right, readMargin(margins, "right"));
    HZ_TRY(page.bottom, readMargin(margins, "bottom"));
    HZ_TRY(page.left, readMargin(margins, "left"));
    return page;
}

Result<FormColumn> readColumn(const JsonValue& value, Place place) {
    HZ_TRY(const auto reader,
           ObjectReader::open(value, std::move(place), {"heading", "field", "width", "align", "merge"}));
    FormColumn column;
    HZ_TRY(column.heading, reader.text("heading"));
    HZ_TRY(column.field, reader.oneOf("field", "field", oneOfWords(kFields)));
    HZ_TRY(const std::int64_t width, reader.integer("width", 1));
    if (width > 100) {
        return reader.at("width").wrong("is more than 100 percent");
    }
    column.width = static_cast<int>(width);
    if (reader.has("align")) {
        HZ_TRY(column.align, reader.oneOf("align", "alignment", oneOfWords(kAligns)));
    }
    HZ_TRY(column.isMerged, reader.flag("merge"));
    return column;
}

Result<void> checkColumns(const FormTable& table, const Place& columns) {
    if (table.columns.size() > kFormColumnsMax) {
        return columns.wrong("has more than " + std::to_string(kFormColumnsMax) + " columns");
    }
    std::set<std::string_view> headings;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (!headings.insert(table.columns[i].heading).second) {
            return columns.element(i).member("heading").wrong("stands twice");
        }
        if (table.rows == RowKind::task && isOfFiling(table.columns[i].field)) {
            return columns.element(i).member("field").wrong("is a field of filings; the rows are tasks");
        }
    }
    const int sum = std::accumulate(table.columns.begin(), table.columns.end(), 0,
                                    [](int all, const FormColumn& column) { return all + column.width; });
    if (sum != 100) {
        return columns.wrong("the widths add up to " + std::to_string(sum) + ", not to 100");
    }
    return {};
}

Result<std::optional<FormTable>> readTable(const ObjectReader& form, std::string_view key) {
    if (!form.has(key)) {
        return std::nullopt;
    }
    HZ_TRY(const JsonValue* const value, form.member(key));
    HZ_TRY(const auto reader, ObjectReader::open(*value, form.at(key), {"name", "rows", "columns"}));
    FormTable table;
    HZ_TRY(table.name, reader.text("name"));
    if (table.name.size() > 30 || table.name.find_first_of("[]:*?/\\'") != std::string::npos) {
        return reader.at("name").wrong(
            "cannot be the name of a sheet: at most ten characters, none of []:*?/\\'");
    }
    HZ_TRY(table.rows, reader.oneOf("rows", "kind of rows", oneOfWords(kRowKinds)));
    HZ_TRY(table.columns, reader.list("columns", readColumn));
    HZ_CHECK(checkColumns(table, reader.at("columns")));
    return table;
}

Result<FormHead> readHeadField(const JsonValue& value, Place place) {
    HZ_TRY(const auto reader, ObjectReader::open(value, std::move(place), {"label", "value", "blank"}));
    FormHead head;
    HZ_TRY(head.label, reader.text("label"));
    if (reader.has("value")) {
        HZ_TRY(head.value, placedText(reader, "value", Around::form));
    }
    HZ_TRY(head.isKept, reader.flag("blank"));
    return head;
}

Result<FormBlock> readBlock(const JsonValue& value, Place place) {
    HZ_TRY(const auto reader, ObjectReader::open(value, std::move(place), {"style", "text", "each", "when"}));
    FormBlock block;
    HZ_TRY(block.style, reader.oneOf("style", "style", oneOfWords(kStyles)));
    if (reader.has("when")) {
        static constexpr NamedWord<BlockWhen> kWhen[] = {{"some-missing", BlockWhen::someMissing},
                                                         {"none-missing", BlockWhen::noneMissing}};
        HZ_TRY(block.when, reader.oneOf("when", "condition", oneOfWords(kWhen)));
    }
    if (reader.has("each")) {
        static constexpr NamedWord<bool> kEach[] = {{"missing-unit", true}};
        HZ_TRY(block.isEachMissingUnit, reader.oneOf("each", "list", oneOfWords(kEach)));
    }
    HZ_TRY(block.text,
           placedText(reader, "text", block.isEachMissingUnit ? Around::missingUnit : Around::form));
    return block;
}

Result<std::vector<std::string>> readFileTypes(const ObjectReader& form) {
    return form.list("file_types", [](const JsonValue& value, const Place& place) -> Result<std::string> {
        const std::string type = value.is_string() ? value.get<std::string>() : "";
        if (std::ranges::find(kFileTypes, type) == std::end(kFileTypes)) {
            return place.wrong("is none of docx pdf xlsx csv json");
        }
        return type;
    });
}

Result<void> readTitles(const ObjectReader& form, FormTemplate& made) {
    HZ_TRY(made.name, form.text("name"));
    if (!schema::isChoiceWord(made.name)) {
        return form.at("name").wrong(inQuotes(made.name) + " is not a form's name (a-z, 0-9, -)");
    }
    HZ_TRY(const JsonValue* const value, form.member("title"));
    HZ_TRY(const auto title, ObjectReader::open(*value, form.at("title"), {"zh", "en"}));
    HZ_TRY(made.title, title.text("zh"));
    HZ_TRY(made.titleEn, title.text("en"));
    return {};
}

Result<void> checkWhole(const FormTemplate& made, const Place& place) {
    if (made.table.has_value() == !made.text.empty()) {
        return place.wrong("has both a table and a text, or neither");
    }
    if (!made.table && made.details) {
        return place.member("details").wrong("needs a table");
    }
    if (made.table && made.table->rows != RowKind::task) {
        return place.member("table.rows").wrong("the rows of the printed table are tasks");
    }
    if (!made.table && (made.isWrittenAs("xlsx") || made.isWrittenAs("csv"))) {
        return place.member("file_types").wrong("a text is no workbook: docx pdf json");
    }
    if (made.text.size() > kBlocksMax) {
        return place.member("text").wrong("has more than " + std::to_string(kBlocksMax) + " blocks");
    }
    const bool namesUnits = std::ranges::any_of(made.text, [](const FormBlock& block) {
        return block.isEachMissingUnit || block.when != BlockWhen::always;
    });
    if (namesUnits && made.made != FormFor::window) {
        return place.member("for").wrong("units that are missing are those of a window");
    }
    return {};
}

}  // namespace

bool FormTemplate::isWrittenAs(std::string_view fileType) const {
    return std::ranges::find(fileTypes, fileType) != fileTypes.end();
}

Result<FormTemplate> parseForm(std::string_view text, std::string_view fileName) {
    const Place place{std::string(fileName), ""};
    if (text.size() > kFormBytesMax) {
        return fail(ErrorCode::tooLarge,
                    place.file + ": is longer than " + std::to_string(kFormBytesMax) + " bytes");
    }
    HZ_TRY(const JsonValue parsed, schema::parseStrictJson(text, fileName));
    HZ_TRY(const auto reader,
           ObjectReader::open(parsed, place,
                              {"name", "title", "for", "file_types", "page", "fonts", "heading", "head",
                               "table", "details", "text", "seal", "fingerprint"}));
    FormTemplate made;
    HZ_CHECK(readTitles(reader, made));
    HZ_TRY(made.made, reader.oneOf("for", "purpose", oneOfWords(kFors)));
    HZ_TRY(made.fileTypes, readFileTypes(reader));
    HZ_TRY(made.page, readPage(reader));
    HZ_TRY(made.fonts, readFonts(reader));
    HZ_TRY(made.heading, placedText(reader, "heading", Around::form));
    if (reader.has("head")) {
        HZ_TRY(made.head, reader.list("head", readHeadField));
    }
    HZ_TRY(made.table, readTable(reader, "table"));
    HZ_TRY(made.details, readTable(reader, "details"));
    if (reader.has("text")) {
        HZ_TRY(made.text, reader.list("text", readBlock));
    }
    if (reader.has("seal")) {
        HZ_TRY(made.seal, reader.text("seal"));
    }
    HZ_TRY(made.hasFingerprint, reader.flag("fingerprint"));
    HZ_CHECK(checkWhole(made, place));
    return made;
}

Result<FormTemplate> readForm(const std::string& path) {
    HZ_TRY(const Bytes bytes, ledger::readFile(path, kFormBytesMax));
    return parseForm(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()), path);
}

std::span<const FormTemplate> builtInForms() {
    static const std::vector<FormTemplate> kForms = [] {
        std::vector<FormTemplate> forms;
        for (const schema::FileSource& source : schema::builtInForms()) {
            auto form = parseForm(source.json, source.fileName);
            if (!form) {
                std::fprintf(stderr, "%s\n", form.error().text.c_str());
            }
            HZ_ASSERT(form.has_value());  // a test reads them all
            forms.push_back(std::move(*form));
        }
        return forms;
    }();
    return kForms;
}

}  // namespace hezhang::documents
