// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/docx_parts.h"

#include <zip.h>

#include <memory>

#include "sync/base/check.h"

namespace hezhang::documents {

namespace {

constexpr const char* kXml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr const char* kPackage = "http://schemas.openxmlformats.org/package/2006/";
constexpr int kCodeEmu = 24 * 36'000;

std::string attribute(const std::string& text) {
    std::string out;
    for (const char c : text) {
        out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '"' ? "&quot;" : std::string(1, c);
    }
    return out;
}

std::string word(const std::string& root, const std::string& content) {
    return std::string(kXml) + "<w:" + root + " xmlns:w=\"" + kWordNamespace + "\" xmlns:r=\"" +
           kRelationNamespace + "\">" + content + "</w:" + root + ">";
}

// --- styles ---

// Elements stand in the order of the standard's schema everywhere here: Word refuses some files that differ.
std::string fontXml(const FormFont& font, const std::string& colour = "") {
    const std::string name = attribute(font.name);
    const std::string size = std::to_string(font.halfPoints);
    return "<w:rFonts w:ascii=\"" + name + "\" w:hAnsi=\"" + name + "\" w:eastAsia=\"" + name + "\" w:cs=\"" +
           name + "\"/>" + colour + "<w:sz w:val=\"" + size + "\"/><w:szCs w:val=\"" + size + "\"/>";
}

std::string style(const std::string& id, const std::string& paragraph, const FormFont& font,
                  const std::string& colour = "") {
    return "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"" + id + "\"><w:name w:val=\"" +
           id + "\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>" + paragraph + "</w:pPr><w:rPr>" +
           fontXml(font, colour) + "</w:rPr></w:style>";
}

std::string aligned(const std::string& to) {
    return "<w:jc w:val=\"" + to + "\"/>";
}

// A table's cells: lines as close as they are read well.
std::string tableStyles(const FormFonts& fonts) {
    const std::string tight = "<w:spacing w:before=\"20\" w:after=\"20\"/>";
    FormFont foot = fonts.body;
    foot.halfPoints = std::min(foot.halfPoints, 24);
    return style("FormTitle", "<w:keepNext/><w:spacing w:before=\"0\" w:after=\"160\"/>" + aligned("center"),
                 fonts.title) +
           style("FormHead", "<w:keepNext/><w:spacing w:before=\"0\" w:after=\"100\"/>", fonts.head) +
           style("FormColumn", "<w:keepNext/>" + tight + aligned("center"), fonts.heading) +
           style("FormTableSection", "<w:keepNext/>" + tight, fonts.section) +
           style("FormCell", tight + aligned("left"), fonts.body) +
           style("FormCellCenter", tight + aligned("center"), fonts.body) +
           style("FormCellRight", tight + aligned("right"), fonts.body) +
           style("FormEnd", "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>",
                 {fonts.body.name, 2}) +
           style("FormFoot", "<w:keepNext/><w:keepLines/><w:spacing w:before=\"60\" w:after=\"60\"/>", foot);
}

// GB/T 9704: 28 characters a line, 22 lines a page: a line every 29 points.
std::string letterStyles(const FormFonts& fonts) {
    const std::string line = "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"579\" w:lineRule=\"exact\"/>";
    const std::string indent = "<w:ind w:firstLineChars=\"200\" w:firstLine=\"" +
                               std::to_string(fonts.body.halfPoints * 20) + "\"/>";
    const std::string border = " w:val=\"single\" w:sz=\"8\" w:space=\"4\" w:color=\"C00000\"/>";
    const std::string box = "<w:pBdr><w:top" + border + "<w:left" + border + "<w:bottom" + border +
                            "<w:right" + border + "</w:pBdr>";
    return style("FormTitle",
                 "<w:keepNext/><w:spacing w:before=\"0\" w:after=\"579\" w:line=\"680\" "
                 "w:lineRule=\"exact\"/>" +
                     aligned("center"),
                 fonts.title) +
           style("FormHead", line, fonts.head) + style("FormRecipient", line, fonts.body) +
           style("FormHeading", "<w:keepNext/>" + line + indent, fonts.heading) +
           style("FormSection", "<w:keepNext/>" + line + indent, fonts.section) +
           style("FormText", line + indent + aligned("both"), fonts.body) +
           style("FormReview", box + line + indent, fonts.body, "<w:color w:val=\"C00000\"/>") +
           style("FormSign", "<w:keepNext/>" + line + "<w:ind w:right=\"1280\"/>" + aligned("right"),
                 fonts.body);
}

std::string stylesPart(const PrintedForm& form) {
    return word("styles",
                "<w:docDefaults><w:rPrDefault><w:rPr>" + fontXml(form.fonts.body) +
                    "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>"
                    "<w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"
                    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name "
                    "w:val=\"Normal\"/><w:qFormat/></w:style>" +
                    (form.isLetter() ? letterStyles(form.fonts) : tableStyles(form.fonts)));
}

// What stands in for the fonts of official paper where they are not installed.
std::string fontsPart(const FormFonts& fonts) {
    static const std::map<std::string, std::string> kStandIns{
        {"方正小标宋简体", "华文中宋"}, {"仿宋_GB2312", "仿宋"}, {"楷体_GB2312", "楷体"}, {"黑体", "SimHei"}};
    std::map<std::string, std::string> named;
    for (const FormFont* font : {&fonts.title, &fonts.head, &fonts.heading, &fonts.section, &fonts.body}) {
        const auto standIn = kStandIns.find(font->name);
        named[font->name] = standIn == kStandIns.end() ? "宋体" : standIn->second;
    }
    std::string xml;
    for (const auto& [name, standIn] : named) {
        xml += "<w:font w:name=\"" + attribute(name) + "\"><w:altName w:val=\"" + attribute(standIn) +
               "\"/><w:charset w:val=\"86\"/></w:font>";
    }
    return word("fonts", xml);
}

// --- page numbers ---

std::string fieldXml(const std::string& code, const std::string& run) {
    const auto mark = [&](const std::string& type) {
        return "<w:r>" + run + "<w:fldChar w:fldCharType=\"" + type + "\"/></w:r>";
    };
    return mark("begin") + "<w:r>" + run + "<w:instrText xml:space=\"preserve\"> " + code +
           " </w:instrText></w:r>" + mark("separate") + "<w:r>" + run + "<w:t>1</w:t></w:r>" + mark("end");
}

std::string textRun(const std::string& text, const std::string& run) {
    return "<w:r>" + run + "<w:t xml:space=\"preserve\">" + text + "</w:t></w:r>";
}

std::string footer(const std::string& paragraph, const std::string& runs) {
    return word("ftr", "<w:p><w:pPr>" + paragraph + "</w:pPr>" + runs + "</w:p>");
}

std::string tableFooter() {
    const std::string run = "<w:rPr>" + fontXml({"宋体", 21}) + "</w:rPr>";
    return footer(aligned("center"), textRun("第 ", run) + fieldXml("PAGE", run) + textRun(" 页　共 ", run) +
                                         fieldXml("NUMPAGES", run) + textRun(" 页", run));
}

// Odd pages on the right, even ones on the left, one character in; a dash on each side.
std::string letterFooter(bool isEven) {
    const std::string run = "<w:rPr>" + fontXml({"宋体", 28}) + "</w:rPr>";
    const std::string indent =
        isEven ? "<w:ind w:left=\"280\"/>" + aligned("left") : "<w:ind w:right=\"280\"/>" + aligned("right");
    return footer(indent, textRun("— ", run) + fieldXml("PAGE", run) + textRun(" —", run));
}

// --- the package ---

std::string relation(const std::string& id, const std::string& type, const std::string& target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + type + "\" Target=\"" + target + "\"/>";
}

std::string relations(const std::string& list) {
    return std::string(kXml) + "<Relationships xmlns=\"" + kPackage + "relationships\">" + list +
           "</Relationships>";
}

std::string documentRelations(const PrintedForm& form) {
    const std::string base = std::string(kRelationNamespace) + "/";
    std::string list = relation("rIdStyles", base + "styles", "styles.xml") +
                       relation("rIdFonts", base + "fontTable", "fontTable.xml") +
                       relation("rIdSettings", base + "settings", "settings.xml") +
                       relation("rIdFooter", base + "footer", "footer.xml");
    if (form.isLetter()) {
        list += relation("rIdFooterEven", base + "footer", "footer_even.xml");
    }
    if (!form.fingerprint.empty()) {
        list += relation("rIdCode", base + "image", "media/code.png");
    }
    return relations(list);
}

std::string contentTypes(const PrintedForm& form) {
    const auto part = [](const std::string& name, const std::string& type) {
        return "<Override PartName=\"/word/" + name +
               ".xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml." + type +
               "+xml\"/>";
    };
    return std::string(kXml) + "<Types xmlns=\"" + kPackage +
           "content-types\"><Default Extension=\"rels\" "
           "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
           "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
           "<Default Extension=\"png\" ContentType=\"image/png\"/>" +
           part("document", "document.main") + part("styles", "styles") + part("fontTable", "fontTable") +
           part("settings", "settings") + part("footer", "footer") +
           (form.isLetter() ? part("footer_even", "footer") : "") + "</Types>";
}

}  // namespace

std::map<std::string, std::string> docxParts(const PrintedForm& form) {
    const std::string evenAndOdd = form.isLetter() ? "<w:evenAndOddHeaders/>" : "";
    std::map<std::string, std::string> parts{
        {"[Content_Types].xml", contentTypes(form)},
        {"_rels/.rels", relations(relation("rId1", std::string(kRelationNamespace) + "/officeDocument",
                                           "word/document.xml"))},
        {"word/_rels/document.xml.rels", documentRelations(form)},
        {"word/styles.xml", stylesPart(form)},
        {"word/fontTable.xml", fontsPart(form.fonts)},
        {"word/settings.xml",
         word("settings", "<w:defaultTabStop w:val=\"420\"/>" + evenAndOdd + "<w:compat/>")},
        {"word/footer.xml", form.isLetter() ? letterFooter(false) : tableFooter()}};
    if (form.isLetter()) {
        parts["word/footer_even.xml"] = letterFooter(true);
    }
    return parts;
}

std::string qrDrawing() {
    const std::string size = std::to_string(kCodeEmu);
    const std::string drawing = "http://schemas.openxmlformats.org/drawingml/2006/";
    return "<w:drawing><wp:anchor xmlns:wp=\"" + drawing +
           "wordprocessingDrawing\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\" simplePos=\"0\" "
           "relativeHeight=\"1\" behindDoc=\"0\" locked=\"0\" layoutInCell=\"1\" "
           "allowOverlap=\"1\"><wp:simplePos "
           "x=\"0\" y=\"0\"/><wp:positionH "
           "relativeFrom=\"margin\"><wp:posOffset>0</wp:posOffset></wp:positionH>"
           "<wp:positionV relativeFrom=\"paragraph\"><wp:posOffset>0</wp:posOffset></wp:positionV>"
           "<wp:extent cx=\"" +
           size + "\" cy=\"" + size +
           "\"/><wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/><wp:wrapNone/><wp:docPr id=\"1\" "
           "name=\"code\" "
           "descr=\"校验码\"/><wp:cNvGraphicFramePr/><a:graphic xmlns:a=\"" +
           drawing + "main\"><a:graphicData uri=\"" + drawing + "picture\"><pic:pic xmlns:pic=\"" + drawing +
           "picture\"><pic:nvPicPr><pic:cNvPr id=\"1\" name=\"code.png\"/><pic:cNvPicPr/></pic:nvPicPr>"
           "<pic:blipFill><a:blip xmlns:r=\"" +
           kRelationNamespace +
           "\" r:embed=\"rIdCode\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
           "<a:off x=\"0\" y=\"0\"/><a:ext cx=\"" +
           size + "\" cy=\"" + size +
           "\"/></a:xfrm><a:prstGeom "
           "prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>"
           "</a:graphic></wp:anchor></w:drawing>";
}

Result<std::string> zipped(const std::map<std::string, std::string>& parts) {
    constexpr time_t kFixedTime = 946'684'800;  // 1 January 2000
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* const target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_t* const archive = target == nullptr ? nullptr : zip_open_from_source(target, ZIP_TRUNCATE, &error);
    if (archive == nullptr) {
        return fail(ErrorCode::internal, std::string("cannot make a package: ") + zip_error_strerror(&error));
    }
    zip_source_keep(target);
    const std::unique_ptr<zip_source_t, decltype(&zip_source_free)> keeper(target, &zip_source_free);
    bool isGood = true;
    for (const auto& [name, bytes] : parts) {
        zip_source_t* const source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
        const zip_int64_t index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
        isGood = isGood && index >= 0 &&
                 zip_file_set_mtime(archive, static_cast<zip_uint64_t>(index), kFixedTime, 0) == 0;
    }
    if (!isGood || zip_close(archive) != 0) {
        zip_discard(archive);
        return fail(ErrorCode::internal, "cannot make a package");
    }
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_source_stat(target, &stat) != 0 || zip_source_open(target) != 0) {
        return fail(ErrorCode::internal, "cannot read the package back");
    }
    std::string bytes(stat.size, '\0');
    const zip_int64_t got = zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    if (got != static_cast<zip_int64_t>(bytes.size())) {
        return fail(ErrorCode::internal, "cannot read the package back");
    }
    return bytes;
}

}  // namespace hezhang::documents
