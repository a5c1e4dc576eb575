// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/field_words.h"

#include <QCoreApplication>
#include <QLocale>

namespace hezhang::ui {

namespace {

class FieldWords {
    Q_DECLARE_TR_FUNCTIONS(FieldWords)
};

const schema::FieldDef* fieldDef(const std::string& registerName, const std::string& field) {
    const schema::RegisterDef* def = schema::Registers::builtIn().find(registerName);
    if (def == nullptr) {
        return nullptr;
    }
    const schema::FieldDef* cell = def->cell(field);
    return cell != nullptr ? cell : def->keyField(field);
}

}  // namespace

QString inLanguage(const schema::Title& title) {
    return toQt(QLocale().language() == QLocale::Chinese ? title.zh : title.en);
}

QString registerTitle(const std::string& registerName) {
    const schema::RegisterDef* def = schema::Registers::builtIn().find(registerName);
    return def == nullptr ? toQt(registerName) : inLanguage(def->title);
}

QString fieldTitle(const std::string& registerName, const std::string& field) {
    if (field == schema::kDeletedCell) {
        return FieldWords::tr("The whole entry");
    }
    const schema::FieldDef* def = fieldDef(registerName, field);
    return def == nullptr ? toQt(field) : inLanguage(def->title);
}

QString valueWords(const std::string& registerName, const std::string& field, const nlohmann::json& value) {
    if (field == schema::kDeletedCell && value.is_boolean()) {
        return value.get<bool>() ? FieldWords::tr("Delete the entry") : FieldWords::tr("Keep the entry");
    }
    if (value.is_boolean()) {
        return value.get<bool>() ? FieldWords::tr("Yes") : FieldWords::tr("No");
    }
    const QString text = valueText(value);
    if (text.isEmpty()) {
        return FieldWords::tr("(empty)");
    }
    const schema::FieldDef* def = fieldDef(registerName, field);
    if (def != nullptr && def->type == schema::FieldType::fingerprint) {
        return FieldWords::tr("as it stood then");
    }
    if (def != nullptr && def->type == schema::FieldType::blobHash) {
        return FieldWords::tr("file %1").arg(text.left(4));
    }
    const schema::Choice* choice =
        def != nullptr && value.is_string() ? def->choice(value.get<std::string>()) : nullptr;
    return choice == nullptr ? text : inLanguage(choice->title);
}

QString fieldEditor(const std::string& registerName, const std::string& field) {
    if (field == schema::kDeletedCell) {
        return QStringLiteral("record");
    }
    const schema::FieldDef* def = fieldDef(registerName, field);
    if (def == nullptr) {
        return QStringLiteral("line");
    }
    switch (def->type) {
    case schema::FieldType::prose:
    case schema::FieldType::longText:
        return QStringLiteral("text");
    case schema::FieldType::choice:
        return QStringLiteral("choice");
    case schema::FieldType::integer:
        return QStringLiteral("number");
    default:
        return QStringLiteral("line");
    }
}

QStringList fieldChoices(const std::string& registerName, const std::string& field) {
    QStringList values;
    if (const schema::FieldDef* def = fieldDef(registerName, field)) {
        for (const schema::Choice& choice : def->choices) {
            if (!choice.isRetired) {
                values.append(toQt(choice.value));
            }
        }
    }
    return values;
}

QString placeWords(const ledger::RecordPlace& place) {
    return joined({toQt(place.title), toQt(place.unitName), toQt(place.detail)});
}

QVariantList runsOf(const std::vector<ledger::TextRun>& runs) {
    QVariantList list;
    for (const ledger::TextRun& run : runs) {
        const char* kind = run.kind == ledger::RunKind::added     ? "added"
                           : run.kind == ledger::RunKind::removed ? "removed"
                                                                  : "same";
        list.append(QVariantMap{{QStringLiteral("text"), toQt(run.text)},
                                {QStringLiteral("kind"), QString::fromLatin1(kind)}});
    }
    return list;
}

QVariantList oneRun(const QString& text) {
    return {QVariantMap{{QStringLiteral("text"), text}, {QStringLiteral("kind"), QStringLiteral("same")}}};
}

QString deviceNumber(const DeviceId& device) {
    return FieldWords::tr("device %1").arg(toQt(device.hex().substr(0, 4)));
}

QString deviceWords(const DeviceId& device, const DeviceId& own) {
    if (device.isNone()) {
        return {};
    }
    return device == own ? FieldWords::tr("this device") : deviceNumber(device);
}

}  // namespace hezhang::ui
