// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/paper/glyph_texts.h"

#include <qpdf/qpdf-c.h>

#include <QRegularExpression>
#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>

namespace hezhang::paper {

namespace {

constexpr int kTextsMax = 100;  // in one block of a CMap

using Texts = std::map<int, QString>;

// What a CMap of Qt says: ranges of glyphs with the text of the first or of each.
Texts textsOf(const QByteArray& cmap) {
    static const QRegularExpression range(
        QStringLiteral("<([0-9A-F]{4})> <([0-9A-F]{4})> (\\[[^\\]]*\\]|<[0-9A-F]+>)"));
    static const QRegularExpression one(QStringLiteral("<([0-9A-F]+)>"));
    Texts texts;
    auto ranges = range.globalMatch(QString::fromLatin1(cmap));
    while (ranges.hasNext()) {
        const auto found = ranges.next();
        const int last = found.captured(2).toInt(nullptr, 16);
        const bool isList = found.captured(3).startsWith(u'[');
        auto each = one.globalMatch(found.captured(3));
        uint letter = 0;
        for (int glyph = found.captured(1).toInt(nullptr, 16); glyph <= last; ++glyph) {
            if (each.hasNext()) {
                letter = each.next().captured(1).toUInt(nullptr, 16);
            } else if (isList) {
                break;
            } else {
                ++letter;
            }
            texts[glyph] = QString(QChar(static_cast<char16_t>(letter)));
        }
    }
    return texts;
}

// A number of a TrueType file, the high byte first; 0 beyond its end.
qsizetype numberAt(const QByteArray& font, qsizetype at, int bytes) {
    qsizetype number = 0;
    for (qsizetype i = at; i < at + bytes && at + bytes <= font.size(); ++i) {
        number = number * 256 + static_cast<uchar>(font[i]);
    }
    return number;
}

qsizetype glyphCount(const QByteArray& font) {
    const qsizetype tables = numberAt(font, 4, 2);
    for (qsizetype at = 12; at < 12 + 16 * tables; at += 16) {
        if (font.mid(at, 4) == "maxp") {
            return numberAt(font, numberAt(font, at + 8, 4) + 4, 2);
        }
    }
    return 0;
}

// The name that a font has in a PDF: the sixth of its own, in UTF-16.
QString printedName(const QRawFont& font) {
    const QByteArray names = font.fontTable("name");
    const qsizetype count = numberAt(names, 2, 2);
    for (qsizetype at = 6; at < 6 + 12 * count; at += 12) {
        if (numberAt(names, at, 2) == 3 && numberAt(names, at + 6, 2) == 6) {
            QString name;
            const qsizetype from = numberAt(names, 4, 2) + numberAt(names, at + 10, 2);
            for (qsizetype i = 0; i < numberAt(names, at + 8, 2); i += 2) {
                name += QChar(static_cast<char16_t>(numberAt(names, from + i, 2)));
            }
            return name;
        }
    }
    return {};
}

quint32 glyphOf(const QRawFont& font, const QString& letter) {
    const auto glyphs = font.glyphIndexesForString(letter);
    return glyphs.size() == 1 ? glyphs.front() : 0;
}

QString textOf(char32_t letter) {
    return QString::fromUcs4(&letter, 1);
}

// The longest part of `places`, in its order, that rises: as positions in it. 0 is no place.
std::vector<std::size_t> rising(const std::vector<int>& places) {
    std::vector<std::size_t> ends;  // of the best part of each length
    std::vector<std::size_t> before(places.size(), places.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i] == 0) {
            continue;
        }
        const auto end = std::lower_bound(ends.begin(), ends.end(), places[i],
                                          [&](std::size_t at, int place) { return places[at] < place; });
        before[i] = end == ends.begin() ? places.size() : *std::prev(end);
        if (end == ends.end()) {
            ends.push_back(i);
        } else {
            *end = i;
        }
    }
    std::vector<std::size_t> part;
    for (std::size_t at = ends.empty() ? places.size() : ends.back(); at < places.size(); at = before[at]) {
        part.push_back(at);
    }
    return {part.rbegin(), part.rend()};
}

// What Qt wrote, corrected and completed by what was drawn. Between two glyphs that both know in the same
// order lie as many without a text as were drawn between them.
Texts corrected(const Texts& texts, const DrawnFont& drawn, qsizetype count) {
    QHash<quint32, int> known;
    for (const auto& [place, text] : texts) {
        known.insert(glyphOf(drawn.font, text), place);
    }
    std::vector<int> places;
    for (const quint32 glyph : drawn.glyphs) {
        places.push_back(known.value(glyph, 0));
    }
    Texts all = texts;
    std::size_t next = 0;
    int last = 0;
    const auto complete = [&](std::size_t end, int place) {
        std::vector<int> open;
        for (int i = last + 1; i < place; ++i) {
            if (!texts.contains(i)) {
                open.push_back(i);
            }
        }
        std::vector<char32_t> between;
        for (; next < end; ++next) {
            if (places[next] == 0) {
                between.push_back(drawn.letters[next]);
            }
        }
        for (std::size_t i = 0; i < open.size() && open.size() == between.size(); ++i) {
            all[open[i]] = textOf(between[i]);
        }
        last = place;
    };
    for (const std::size_t at : rising(places)) {
        complete(at, places[at]);
        all[places[at]] = textOf(drawn.letters[at]);
    }
    complete(places.size(), static_cast<int>(count));
    return all;
}

// Control and format characters are not drawn.
bool isDrawn(char32_t letter) {
    const auto category = QChar::category(letter);
    return category != QChar::Other_Control && category != QChar::Other_Format &&
           category != QChar::Separator_Line && category != QChar::Separator_Paragraph;
}

QByteArray hex(char16_t unit) {
    return QByteArray::number(unit, 16).rightJustified(4, '0').toUpper();
}

QByteArray cmapOf(const Texts& texts) {
    QByteArray map =
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
    auto left = static_cast<int>(texts.size());
    int inBlock = 0;
    for (const auto& [place, text] : texts) {
        if (inBlock == 0) {
            inBlock = std::min(left, kTextsMax);
            map += QByteArray::number(inBlock) + " beginbfchar\n";
        }
        map += '<' + hex(static_cast<char16_t>(place)) + "> <";
        for (const QChar unit : text) {
            map += hex(unit.unicode());
        }
        map += ">\n";
        --left;
        map += --inBlock == 0 ? "endbfchar\n" : "";
    }
    return map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

// A PDF in memory. What qpdf finds wrong it keeps until it is asked.
class PdfFile {
public:
    explicit PdfFile(const QByteArray& bytes) : m_file(::qpdf_init()) {
        ::qpdf_silence_errors(m_file);
        ::qpdf_set_suppress_warnings(m_file, QPDF_TRUE);
        ::qpdf_read_memory(m_file, "printed", bytes.constData(),
                           static_cast<unsigned long long>(bytes.size()), nullptr);
    }
    PdfFile(const PdfFile&) = delete;
    PdfFile& operator=(const PdfFile&) = delete;
    ~PdfFile() { ::qpdf_cleanup(&m_file); }

    void correctFonts(const std::vector<DrawnFont>& drawn) {
        const int count = ::qpdf_oh_get_int_value_as_int(m_file, key(::qpdf_get_trailer(m_file), "/Size"));
        for (int number = 1; number < count; ++number) {
            const qpdf_oh object = ::qpdf_get_object_by_id(m_file, number, 0);
            if (::qpdf_oh_is_dictionary_of_type(m_file, object, "/Font", "/Type0") == QPDF_TRUE) {
                correctFont(object, drawn);
            }
        }
    }

    Result<QByteArray> bytes() {
        if (::qpdf_has_error(m_file) == QPDF_FALSE) {
            ::qpdf_init_write_memory(m_file);
            ::qpdf_set_deterministic_ID(m_file, QPDF_TRUE);
            ::qpdf_write(m_file);
        }
        if (::qpdf_has_error(m_file) == QPDF_TRUE) {
            return fail(ErrorCode::internal,
                        std::string("the printed PDF cannot be read: ") +
                            ::qpdf_get_error_message_detail(m_file, ::qpdf_get_error(m_file)));
        }
        return QByteArray(reinterpret_cast<const char*>(::qpdf_get_buffer(m_file)),
                          static_cast<qsizetype>(::qpdf_get_buffer_length(m_file)));
    }

private:
    qpdf_oh key(qpdf_oh object, const char* name) { return ::qpdf_oh_get_key_if_dict(m_file, object, name); }

    QByteArray dataOf(qpdf_oh stream) {
        unsigned char* data = nullptr;
        std::size_t size = 0;
        ::qpdf_oh_get_stream_data(m_file, stream, qpdf_dl_all, nullptr, &data, &size);
        const QByteArray bytes(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
        std::free(data);
        return bytes;
    }

    void correctFont(qpdf_oh font, const std::vector<DrawnFont>& drawn) {
        const qpdf_oh cmap = key(font, "/ToUnicode");
        const qpdf_oh descendant = ::qpdf_oh_get_array_item(m_file, key(font, "/DescendantFonts"), 0);
        const qpdf_oh file = key(key(descendant, "/FontDescriptor"), "/FontFile2");
        const QByteArray name = ::qpdf_oh_get_name(m_file, key(font, "/BaseFont"));
        const auto same = std::find_if(drawn.begin(), drawn.end(), [&](const DrawnFont& one) {
            return name == '/' + printedName(one.font).toLatin1();
        });
        if (same == drawn.end() || ::qpdf_oh_is_stream(m_file, cmap) == QPDF_FALSE ||
            ::qpdf_oh_is_stream(m_file, file) == QPDF_FALSE) {
            return;
        }
        const QByteArray text = cmapOf(corrected(textsOf(dataOf(cmap)), *same, glyphCount(dataOf(file))));
        const qpdf_oh none = ::qpdf_oh_new_null(m_file);
        ::qpdf_oh_replace_stream_data(m_file, cmap, reinterpret_cast<const unsigned char*>(text.constData()),
                                      static_cast<std::size_t>(text.size()), none, none);
    }

    qpdf_data m_file;
};

}  // namespace

GlyphRecorder::GlyphRecorder(const QPaintDevice& like) : QPaintEngine(AllFeatures), m_like(like) {}

int GlyphRecorder::metric(PaintDeviceMetric which) const {
    switch (which) {
    case PdmWidth:
        return m_like.width();
    case PdmHeight:
        return m_like.height();
    case PdmWidthMM:
        return m_like.widthMM();
    case PdmHeightMM:
        return m_like.heightMM();
    case PdmDpiX:
        return m_like.logicalDpiX();
    case PdmDpiY:
        return m_like.logicalDpiY();
    case PdmPhysicalDpiX:
        return m_like.physicalDpiX();
    case PdmPhysicalDpiY:
        return m_like.physicalDpiY();
    default:
        return QPaintDevice::metric(which);
    }
}

DrawnFont& GlyphRecorder::fontOf(const QFont& font) {
    const QRawFont raw = QRawFont::fromFont(font);
    const QString key = raw.familyName() + u'/' + raw.styleName() + u'/' + QString::number(raw.weight());
    const auto known = m_byKey.constFind(key);
    if (known != m_byKey.constEnd()) {
        return m_fonts[*known];
    }
    m_byKey.insert(key, m_fonts.size());
    m_fonts.push_back({raw, {}, {}});
    return m_fonts.back();
}

// Letters that the font lacks are drawn with another one, as items of their own.
void GlyphRecorder::drawTextItem(const QPointF&, const QTextItem& item) {
    DrawnFont& font = fontOf(item.font());
    for (const char32_t letter : item.text().toUcs4()) {
        const quint32 glyph = isDrawn(letter) ? glyphOf(font.font, textOf(letter)) : 0;
        if (glyph != 0 && !font.known.contains(glyph)) {
            font.known.insert(glyph);
            font.glyphs.push_back(glyph);
            font.letters.push_back(letter);
        }
    }
}

Result<QByteArray> withTexts(const QByteArray& pdf, const std::vector<DrawnFont>& fonts) {
    PdfFile file(pdf);
    file.correctFonts(fonts);
    return file.bytes();
}

}  // namespace hezhang::paper
