// g++ -O3 -march=native hnswlib_peer.cpp
#include <hnswlib/hnswlib.h>

#include "peer.h"

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  Peer peer(argv[1], atoi(argv[2]));
  hnswlib::InnerProductSpace space(peer.dimensions);
  hnswlib::HierarchicalNSW<float>* index = nullptr;
  peer.prepare(
      "hnswlib",
      [&] {
        index = new hnswlib::HierarchicalNSW<float>(&space, peer.rows(), atoi(argv[3]), atoi(argv[4]));
        for (long i = 0; i < peer.rows(); i++) index->addPoint(&peer.base[i * peer.dimensions], i);
      },
      [&](const std::string& path) { index = new hnswlib::HierarchicalNSW<float>(&space, path); },
      [&](const std::string& path) { index->saveIndex(path); });
  peer.serve(
      [&](const float* query, int width, long* hits) {
        index->setEf(width);
        auto found = index->searchKnn(query, kHits);
        for (int i = 0; !found.empty(); found.pop()) hits[i++] = found.top().second;
      },
      // The package has no filter yet; its marks of deletion are passed over by the same rule as later versions' filters.
      [&](int divisor) {
        for (long i = 0; i < peer.rows(); i++) {
          bool accepted = i % divisor == 0, marked = index->isMarkedDeleted(i);
          if (accepted && marked) index->unmarkDelete(i);
          if (!accepted && !marked) index->markDelete(i);
        }
      });
}
