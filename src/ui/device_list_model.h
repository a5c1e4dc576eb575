// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Every device of the county, those that work in front, by unit and person; the invitations that are open;
// revoking. It shows what the home knows at once and what the county says when it has answered.
//
// Roles: deviceId, numberText ("device 85d4", as histories call it), personName, unitName, roleText,
// enrolledText; bool: isRevoked, isEnded (the person),
// isCopied, isOwn, canRevoke, canWipe (it was not ordered to empty itself) · wipeText: whether it was, and
// what came of it. For QML: text: filter by person or unit · invitations: InvitationListModel · isReady,
// isBusy (the county is
//   asked) · isCurrent: the list is the county's, not as old as the last sync · activeCount, copiedCount: of
//   all; a device of a person who has left is active until it is stopped · errorWhat, errorNext: why not
//   refresh(), revoke(deviceId), wipe(deviceId): revokes it too, withdraw(invitationId): again and again does
//   no harm
// Signals: revoked(), wipeOrdered(), withdrawn(); failed(what, next) of any.
// Threads: the window's; rows are made in the reading thread and in that of the network.
#pragma once

#include <functional>

#include "src/office/devices.h"
#include "src/ui/network_thread.h"
#include "src/ui/reading.h"
#include "src/ui/row_list_model.h"

namespace hezhang::ui {

// Roles: invitationId, personName, unitName, roleText, untilText, inviterName (empty: the operator).
class InvitationListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("part of another model")
public:
    enum class Role {
        invitationId = Qt::UserRole + 1,
        personName,
        unitName,
        roleText,
        untilText,
        inviterName
    };
    Q_ENUM(Role)
    explicit InvitationListModel(QObject* parent) : RowListModel(QMetaEnum::fromType<Role>(), parent) {}
};

class DeviceListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(hezhang::ui::InvitationListModel* invitations READ invitations CONSTANT FINAL)
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY changed FINAL)
    Q_PROPERTY(bool isReady READ isReady NOTIFY changed FINAL)
    Q_PROPERTY(bool isBusy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(bool isCurrent READ isCurrent NOTIFY changed FINAL)
    Q_PROPERTY(int activeCount READ activeCount NOTIFY changed FINAL)
    Q_PROPERTY(int copiedCount READ copiedCount NOTIFY changed FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY changed FINAL)
public:
    enum class Role {
        deviceId = Qt::UserRole + 1,
        numberText,
        personName,
        unitName,
        roleText,
        enrolledText,
        isRevoked,
        isEnded,
        isCopied,
        isOwn,
        canRevoke,
        canWipe,
        wipeText
    };
    Q_ENUM(Role)

    DeviceListModel(HomeThread& reader, NetworkThread& network, QObject* parent = nullptr);
    ~DeviceListModel() override;

    Q_INVOKABLE void refresh();
    Q_INVOKABLE void revoke(const QString& deviceId);
    Q_INVOKABLE void wipe(const QString& deviceId);
    Q_INVOKABLE void withdraw(const QString& invitationId);

    [[nodiscard]] InvitationListModel* invitations() { return &m_invitations; }
    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString& text);
    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    [[nodiscard]] bool isCurrent() const { return m_isCurrent; }
    [[nodiscard]] int activeCount() const { return m_active; }
    [[nodiscard]] int copiedCount() const { return m_copied; }
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;

signals:
    void changed();
    void revoked();
    void wipeOrdered();
    void withdrawn();
    void failed(const QString& what, const QString& next);

private:
    struct Shown {
        std::vector<Row> devices;
        std::vector<Row> invitations;
    };
    struct Here {
        office::OfficeKey key;
        Shown shown;
    };
    [[nodiscard]] static Shown shownOf(const office::DeviceList& list, const office::Wipes& wipes,
                                       const DeviceId& own);
    [[nodiscard]] static QString wipeWords(const sync::ListedWipe& wipe);
    [[nodiscard]] static Row rowOf(const sync::ListedDevice& device, const office::Wipes& wipes,
                                   const DeviceId& own);
    void takeHere(Result<Here> here);
    void askCounty();
    void change(std::function<Result<void>(sync::Transport&)> work, void (DeviceListModel::*done)());
    void takeAnswer(const Result<void>& result, Shown shown);
    void show(Shown shown);
    void showRows();

    NetworkThread& m_network;
    InvitationListModel m_invitations;
    std::vector<Row> m_all;
    std::optional<office::OfficeKey> m_key;
    std::optional<Error> m_error;
    QString m_text;
    int m_active = 0;
    int m_copied = 0;
    bool m_isReady = false;
    bool m_isBusy = false;
    NetworkRun m_listing;
    bool m_isListing = false;  // what keeps it busy is the list
    bool m_isCurrent = false;
    Reading m_reading;
};

}  // namespace hezhang::ui
