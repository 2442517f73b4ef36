#include "services/pickup/point_store.h"

namespace bramble::pickup {

std::vector<Point> PointStore::page(Tx& tx, const PickupPointId& after, std::int64_t limit) const {
  std::vector<Point> points;
  auto rows = tx.query("SELECT pickup_point_id, title, address, lat, lon FROM pickup_point"
                       " WHERE pickup_point_id > $1 ORDER BY pickup_point_id LIMIT $2",
                       after, limit);
  for (auto row : rows) {
    points.push_back({row.get<PickupPointId>(0), row.get<std::string>(1), row.get<std::string>(2),
                      row.get<double>(3), row.get<double>(4)});
  }
  return points;
}

void PointStore::put(Tx& tx, const Point& point) const {
  tx.send("INSERT INTO pickup_point (pickup_point_id, title, address, lat, lon) VALUES ($1, $2, $3, $4, $5)"
          " ON CONFLICT (pickup_point_id) DO UPDATE SET title = excluded.title, address = excluded.address,"
          " lat = excluded.lat, lon = excluded.lon",
          point.pickup_point_id, point.title, point.address, point.lat, point.lon);
}

std::vector<PointText> PointStore::texts(Tx& tx, const PointText& after, std::int64_t limit) const {
  std::vector<PointText> texts;
  auto rows = tx.query("SELECT pickup_point_id, language, title, address FROM pickup_point_text"
                       " WHERE (language, pickup_point_id) > ($1, $2)"
                       " ORDER BY language, pickup_point_id LIMIT $3",
                       after.language, after.pickup_point_id, limit);
  for (auto row : rows) {
    texts.push_back({row.get<PickupPointId>(0), row.get<std::string>(1), row.get<std::string>(2),
                     row.get<std::string>(3)});
  }
  return texts;
}

void PointStore::put(Tx& tx, const PointText& text) const {
  tx.send("INSERT INTO pickup_point_text (language, pickup_point_id, title, address) VALUES ($1, $2, $3, $4)"
          " ON CONFLICT (language, pickup_point_id) DO UPDATE SET title = excluded.title,"
          " address = excluded.address",
          text.language, text.pickup_point_id, text.title, text.address);
}

}  // namespace bramble::pickup
