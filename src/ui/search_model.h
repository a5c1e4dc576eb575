// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The search page: what was found, by kind of record, with the place of the hit.
//
// Roles: kind (a register's name), kindText (in words, with how many there are), title, unitName, fieldText
// (which field, in words), marked (the text around the hit as rich text: everything escaped, the hit in
// bold), page (what a choice opens: task filing place unit), taskId, unitId, windowId, recordId. For QML:
// isReady, isSearching, needle, unit (id), unitName, section, due (overdue due-soon later), status · units:
// [{id, name}], sections · total · recent: needles searched for last, the newest first · clearFilters(),
// note(): the present needle becomes recent. Limits: kPerKind records of a kind. Threads: the window's; the
// search runs in the reading thread.
#pragma once

#include <QTimer>

#include "src/ledger/search.h"
#include "src/ui/reading.h"
#include "src/ui/row_list_model.h"
#include "src/ui/settings.h"

namespace hezhang::ui {

class SearchModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(bool isReady READ isReady NOTIFY readingDone FINAL)
    Q_PROPERTY(bool isSearching READ isSearching NOTIFY searchingChanged FINAL)
    Q_PROPERTY(QString needle READ needle WRITE setNeedle NOTIFY filterChanged FINAL)
    Q_PROPERTY(QString unit READ unit WRITE setUnit NOTIFY filterChanged FINAL)
    Q_PROPERTY(QString unitName READ unitName NOTIFY filterChanged FINAL)
    Q_PROPERTY(QString section READ section WRITE setSection NOTIFY filterChanged FINAL)
    Q_PROPERTY(QString due READ due WRITE setDue NOTIFY filterChanged FINAL)
    Q_PROPERTY(QString status READ status WRITE setStatus NOTIFY filterChanged FINAL)
    Q_PROPERTY(bool hasFilter READ hasFilter NOTIFY filterChanged FINAL)
    Q_PROPERTY(QVariantList units READ units NOTIFY readingDone FINAL)
    Q_PROPERTY(QStringList sections READ sections NOTIFY readingDone FINAL)
    Q_PROPERTY(QStringList recent READ recent NOTIFY recentChanged FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY readingDone FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY readingDone FINAL)
public:
    static constexpr int kPerKind = 50;
    static constexpr int kAround = 24;  // characters shown before the hit
    enum class Role {
        kind = Qt::UserRole + 1,
        kindText,
        title,
        unitName,
        fieldText,
        marked,
        page,
        taskId,
        unitId,
        windowId,
        recordId
    };
    Q_ENUM(Role)

    SearchModel(HomeThread& reader, Settings& settings, QObject* parent = nullptr);

    Q_INVOKABLE void clearFilters();
    Q_INVOKABLE void note();

    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] bool isSearching() const { return m_isSearching; }
    [[nodiscard]] QString needle() const { return m_needle; }
    [[nodiscard]] QString unit() const { return m_unit; }
    [[nodiscard]] QString unitName() const;
    [[nodiscard]] QString section() const { return m_section; }
    [[nodiscard]] QString due() const { return m_due; }
    [[nodiscard]] QString status() const { return m_status; }
    [[nodiscard]] bool hasFilter() const { return !(m_unit + m_section + m_due + m_status).isEmpty(); }
    [[nodiscard]] QVariantList units() const { return m_units; }
    [[nodiscard]] QStringList sections() const { return m_sections; }
    [[nodiscard]] QStringList recent() const;
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;
    void setNeedle(const QString& value) { set(m_needle, value); }
    void setUnit(const QString& value) { set(m_unit, value); }
    void setSection(const QString& value) { set(m_section, value); }
    void setDue(const QString& value) { set(m_due, value); }
    void setStatus(const QString& value) { set(m_status, value); }

    // The text around the first hit; public for its tests.
    [[nodiscard]] static QString marked(const QString& text, const QString& needle);

signals:
    void readingDone();
    void filterChanged();
    void searchingChanged();
    void recentChanged();

private:
    struct Page {
        std::vector<Row> rows;
        QStringList sections;
        QVariantList units;
        int question = 0;
    };
    void ask();
    void set(QString& field, const QString& value);
    void take(Result<Page> page);

    Settings& m_settings;
    QString m_needle, m_unit, m_section, m_due, m_status;
    QVariantList m_units;
    QStringList m_sections;
    std::optional<Error> m_error;
    int m_question = 0;  // counts what was asked: an answer says which it is for
    bool m_isReady = false;
    bool m_isSearching = false;
    Reading m_reading;
};

}  // namespace hezhang::ui
