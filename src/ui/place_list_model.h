// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A checker's work list: where to go, what is due there.
//
// Roles: placeId (empty: the unit itself), unitId, unitName, name, address, taskCount, seenCount, openCount,
// dueCount, objectedCount, lastText, group (due open unseen seen). For QML: isReady, text (filter by name,
// unit, address), dueCount (places), units (names) and unitIds to choose from for a new place;
// addPlace(unitId, name, address), then added(placeId, unitId) or failed(what, next).
// Threads: the window's; rows are made in the reading thread.
#pragma once

#include "src/office/checks.h"
#include "src/ui/reading.h"
#include "src/ui/row_list_model.h"
#include "src/ui/store_thread.h"

namespace hezhang::ui {

class PlaceListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(bool isReady READ isReady NOTIFY readingDone FINAL)
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged FINAL)
    Q_PROPERTY(int dueCount READ dueCount NOTIFY readingDone FINAL)
    Q_PROPERTY(QVariantList units READ units NOTIFY readingDone FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY readingDone FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY readingDone FINAL)
public:
    enum class Role {
        placeId = Qt::UserRole + 1,
        unitId,
        unitName,
        name,
        address,
        taskCount,
        seenCount,
        openCount,
        dueCount,
        objectedCount,
        lastText,
        group
    };
    Q_ENUM(Role)

    PlaceListModel(HomeThread& reader, StoreThread& store, QObject* parent = nullptr);

    Q_INVOKABLE void addPlace(const QString& unitId, const QString& name, const QString& address);

    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString& text);
    [[nodiscard]] int dueCount() const { return m_dueCount; }
    [[nodiscard]] QVariantList units() const { return m_units; }
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;

signals:
    void readingDone();
    void textChanged();
    void added(const QString& placeId, const QString& unitId);
    void failed(const QString& what, const QString& next);

private:
    struct Page {
        std::vector<Row> rows;
        QVariantList units;
        int due = 0;
    };
    StoreThread& m_store;
    QString m_text;
    QVariantList m_units;
    int m_dueCount = 0;
    std::optional<Error> m_error;
    bool m_isReady = false;
    Reading m_reading;
};

}  // namespace hezhang::ui
