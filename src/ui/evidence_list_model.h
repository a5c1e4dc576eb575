// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The files of a filing: those that were saved with it, and those that were picked and are not saved yet.
//
// Roles: name (text), source (url, to open it), preview (url of a picture to show: the photo, or a small one
// until it is here), isPhoto, isHere (the file is on this device), isDraft (not saved yet). Threads: the
// window's.
#pragma once

#include "src/ui/row_list_model.h"

namespace hezhang::ui {

class EvidenceListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("part of a form")
public:
    enum class Role { name = Qt::UserRole + 1, source, preview, isPhoto, isHere, isDraft };
    Q_ENUM(Role)

    explicit EvidenceListModel(QObject* parent) : RowListModel(QMetaEnum::fromType<Role>(), parent) {}

    // `saved`: names of blobs in folder/blobs. `draft`: paths.
    void show(const QString& folder, const QStringList& saved, const QStringList& draft);
};

}  // namespace hezhang::ui
