// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/evidence_list_model.h"

#include <QFileInfo>
#include <QImageReader>
#include <QUrl>

namespace hezhang::ui {

static Row evidenceRow(const QString& key, const QString& name, const QString& path, bool isDraft) {
    QImageReader reader(path);
    reader.setDecideFormatFromContent(true);
    Row row{key, {}};
    row.set(EvidenceListModel::Role::name, name)
        .set(EvidenceListModel::Role::source, QUrl::fromLocalFile(path))
        .set(EvidenceListModel::Role::isPhoto, reader.canRead())
        .set(EvidenceListModel::Role::isHere, QFileInfo::exists(path))
        .set(EvidenceListModel::Role::isDraft, isDraft);
    return row;
}

void EvidenceListModel::show(const QString& folder, const QStringList& saved, const QStringList& draft) {
    std::vector<Row> rows;
    for (const QString& blob : saved) {
        rows.push_back(evidenceRow(blob, blob.left(8), folder + QStringLiteral("/blobs/") + blob, false));
    }
    for (const QString& path : draft) {
        rows.push_back(evidenceRow(path, QFileInfo(path).fileName(), path, true));
    }
    setRows(std::move(rows));
}

}  // namespace hezhang::ui
