// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/evidence_list_model.h"

#include <QFileInfo>
#include <QLocale>
#include <QUrl>

#include "src/ledger/thumbnails.h"
#include "src/ui/photo.h"

namespace hezhang::ui {

// What has been saved has no name any more: it is told by its kind, its place in the list and its size.
static QString savedName(const QString& path, bool isPhoto, int number) {
    const QString name =
        (isPhoto ? EvidenceListModel::tr("Photo %1") : EvidenceListModel::tr("File %1")).arg(number);
    const QFileInfo file(path);
    return file.exists() ? EvidenceListModel::tr("%1, %2", "file, size")
                               .arg(name, QLocale().formattedDataSize(file.size(), 0))
                         : EvidenceListModel::tr("%1, not on this device yet").arg(name);
}

static Row evidenceRow(const QString& key, const QString& path, const QString& shown, bool isDraft,
                       int number) {
    const bool isPhoto = isPicture(shown);
    const QString name = isDraft ? QFileInfo(path).fileName() : savedName(path, isPhoto, number);
    Row row{key, {}};
    row.set(EvidenceListModel::Role::name, name)
        .set(EvidenceListModel::Role::source, QUrl::fromLocalFile(path))
        .set(EvidenceListModel::Role::preview, isPhoto ? QUrl::fromLocalFile(shown) : QUrl())
        .set(EvidenceListModel::Role::isPhoto, isPhoto)
        .set(EvidenceListModel::Role::isHere, QFileInfo::exists(path))
        .set(EvidenceListModel::Role::isDraft, isDraft);
    return row;
}

void EvidenceListModel::show(const QString& folder, const QStringList& saved, const QStringList& draft) {
    std::vector<Row> rows;
    for (const QString& blob : saved) {
        const QString path = folder + QStringLiteral("/blobs/") + blob;
        const auto thumb = ledger::thumbPath(folder.toStdString(), blob.toStdString());
        rows.push_back(evidenceRow(blob, path, thumb ? QString::fromStdString(*thumb) : path, false,
                                   static_cast<int>(rows.size()) + 1));
    }
    for (const QString& path : draft) {
        rows.push_back(evidenceRow(path, path, path, true, 0));
    }
    setRows(std::move(rows));
}

}  // namespace hezhang::ui
