// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// More time for one report: the request that waits, else what was decided last, and asking or answering. Part
// of the form of the report and of its review.
//
// For QML:
//   state: asked granted refused, empty where nothing was asked · line (what it comes to, in words), reason
//   (why it was asked), answer (what the office said) · askedUntil (ISO date) · askedBy (person and time)
//   standing: in words, what counts while the request waits, and that nothing can be asked any more; or empty
//   takesBack: in words, the grant that a refusal ends; or empty
//   canAsk: this home writes for the unit, nothing waits, and a request is left
//   canAnswer: it is the office's, and something was asked; isSaving
//   lastDayText: the window's last day; isLater(date): a day that can be asked for and granted
//   Calls: ask(until, reason), grant(until, words), refuse(words); dates are ISO
//   Signals: done(); failed(what, next)
// Threads: the window's.
#pragma once

#include <QObject>
#include <QQmlEngine>

#include "src/ledger/extension.h"
#include "src/ui/saving.h"

namespace hezhang::ui {

class ExtensionModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("part of a form")
    Q_PROPERTY(QString state READ state NOTIFY changed FINAL)
    Q_PROPERTY(QString line READ line NOTIFY changed FINAL)
    Q_PROPERTY(QString reason READ reason NOTIFY changed FINAL)
    Q_PROPERTY(QString answer READ answer NOTIFY changed FINAL)
    Q_PROPERTY(QString standing READ standing NOTIFY changed FINAL)
    Q_PROPERTY(QString takesBack READ takesBack NOTIFY changed FINAL)
    Q_PROPERTY(QString askedUntil READ askedUntil NOTIFY changed FINAL)
    Q_PROPERTY(QString askedBy READ askedBy NOTIFY changed FINAL)
    Q_PROPERTY(QString lastDayText READ lastDayText NOTIFY changed FINAL)
    Q_PROPERTY(bool canAsk READ canAsk NOTIFY changed FINAL)
    Q_PROPERTY(bool canAnswer READ canAnswer NOTIFY changed FINAL)
    Q_PROPERTY(bool isSaving READ isSaving NOTIFY changed FINAL)
public:
    ExtensionModel(HomeThread& reader, StoreThread& store, const RecordId& task, const RecordId& unit,
                   const RecordId& window, QObject* parent);

    Q_INVOKABLE void ask(const QString& until, const QString& reason);
    Q_INVOKABLE void grant(const QString& until, const QString& words);
    Q_INVOKABLE void refuse(const QString& words);

    [[nodiscard]] Q_INVOKABLE bool isLater(const QString& date) const;

    [[nodiscard]] QString state() const;
    [[nodiscard]] QString line() const;
    [[nodiscard]] QString reason() const;
    [[nodiscard]] QString answer() const;
    [[nodiscard]] QString standing() const;
    [[nodiscard]] QString takesBack() const;
    [[nodiscard]] QString askedUntil() const;
    [[nodiscard]] QString askedBy() const;
    [[nodiscard]] QString lastDayText() const;
    [[nodiscard]] bool canAsk() const;
    [[nodiscard]] bool canAnswer() const;
    [[nodiscard]] bool isSaving() const { return m_saving.isBusy(); }

signals:
    void changed();
    void done();
    void failed(const QString& what, const QString& next);

private:
    struct Loaded {
        ledger::ReportExtension report;
        std::string lastDay;
        bool isOwn = false;
        bool isOffice = false;
    };
    // That which is shown and answered: what waits, else what was decided; null: there is none.
    [[nodiscard]] const ledger::Extension* shown() const;
    void give(const ledger::ExtensionAnswer& answer);
    template <class Work>
    void save(Work work);

    RecordId m_task;
    RecordId m_unit;
    RecordId m_window;
    Loaded m_loaded;
    Saving m_saving;
    Reading m_reading;
};

}  // namespace hezhang::ui
