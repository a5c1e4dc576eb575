// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The first run: an invitation makes this folder a home.
//
// For QML: address, code: typed · readPicture(file): fills both from a QR picture · canEnrol · enrol(),
// cancel() · isBusy ·
//   errorWhat, errorNext · enrolled(): the session opens the home
// Shape:   all or nothing: refused, the folder is as it was, and the code is still good unless the county has
// used it. Threads: the window's; the county is asked in the network thread.
#pragma once

#include <QUrl>

#include "src/ui/app_session.h"

namespace hezhang::ui {

class Enrolment : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(QString address READ address WRITE setAddress NOTIFY changed FINAL)
    Q_PROPERTY(QString code READ code WRITE setCode NOTIFY changed FINAL)
    Q_PROPERTY(bool canEnrol READ canEnrol NOTIFY changed FINAL)
    Q_PROPERTY(bool isBusy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY changed FINAL)
public:
    explicit Enrolment(AppSession& session, QObject* parent = nullptr)
        : QObject(parent), m_session(session) {}

    Q_INVOKABLE void enrol();
    Q_INVOKABLE void cancel();
    Q_INVOKABLE void readPicture(const QUrl& file);

    [[nodiscard]] QString address() const { return m_address; }
    [[nodiscard]] QString code() const { return m_code; }
    [[nodiscard]] bool canEnrol() const { return !m_isBusy && !m_address.isEmpty() && !m_code.isEmpty(); }
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;
    // An address without a scheme means https. A whole invitation line fills in both.
    void setAddress(const QString& address);
    void setCode(const QString& code);

signals:
    void changed();
    void enrolled();

private:
    [[nodiscard]] bool takeLine(const QString& text);

    AppSession& m_session;
    QString m_address;
    QString m_code;
    NetworkRun m_run;
    bool m_isBusy = false;
    std::optional<Error> m_error;
};

}  // namespace hezhang::ui
