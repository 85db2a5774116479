// g++ -O3 -march=native faiss_peer.cpp -lfaiss -lgomp
#include <faiss/IndexHNSW.h>
#include <faiss/index_io.h>
#include <omp.h>

#include "peer.h"

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  omp_set_num_threads(1);
  Peer peer(argv[1], atoi(argv[2]));
  auto* index = new faiss::IndexHNSWFlat(peer.dimensions, atoi(argv[3]), faiss::METRIC_INNER_PRODUCT);
  index->hnsw.efConstruction = atoi(argv[4]);
  std::vector<float> scores(kHits);
  std::vector<int64_t> found(kHits);
  peer.prepare(
      "faiss", [&] { index->add(peer.rows(), peer.base.data()); },
      [&](const std::string& path) { index = dynamic_cast<faiss::IndexHNSWFlat*>(faiss::read_index(path.c_str())); },
      [&](const std::string& path) { faiss::write_index(index, path.c_str()); });
  peer.serve([&](const float* query, int width, long* hits) {
               index->hnsw.efSearch = width;
               index->search(1, query, kHits, scores.data(), found.data());
               for (int i = 0; i < kHits; i++) hits[i] = found[i];
             },
             [&](int) { exit(3); });
}
