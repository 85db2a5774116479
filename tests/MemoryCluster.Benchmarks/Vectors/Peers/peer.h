// What the programs of other libraries have in common: they read the vectors that the benchmark wrote, build, and then answer
// one command a line, so that rounds of all libraries alternate.
//
//   folder: base.f32  queries.f32 (rows of floats)  truth.i32  filtered.i32 (k nearest ids a query)
//           NAME.index  NAME.built (what building took), where a run before this one has left them
//   search WIDTH          -> recall, CPU seconds of one pass over all queries
//   filter WIDTH DIVISOR  -> the same, of ids that the divisor divides
#pragma once
#include <time.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

constexpr int kHits = 10;

inline double cpuSeconds() {
  timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

inline double anonymousBytes() {
  FILE* f = fopen("/proc/self/status", "r");
  char line[256];
  double kib = 0;
  while (f && fgets(line, sizeof line, f)) {
    if (sscanf(line, "RssAnon: %lf", &kib) == 1) break;
  }
  if (f) fclose(f);
  return kib * 1024;
}

template <typename T>
std::vector<T> readAll(const std::string& path) {
  FILE* f = fopen(path.c_str(), "rb");
  if (!f) {
    fprintf(stderr, "cannot read %s\n", path.c_str());
    exit(1);
  }
  fseek(f, 0, SEEK_END);
  std::vector<T> values(ftell(f) / sizeof(T));
  fseek(f, 0, SEEK_SET);
  if (fread(values.data(), sizeof(T), values.size(), f) != values.size()) exit(1);
  fclose(f);
  return values;
}

struct Peer {
  std::string folder;
  int dimensions;
  std::vector<float> base, queries;
  std::vector<int> truth, filtered;
  long rows() const { return base.size() / dimensions; }
  long asked() const { return queries.size() / dimensions; }

  Peer(const std::string& path, int dims)
      : folder(path),
        dimensions(dims),
        base(readAll<float>(folder + "/base.f32")),
        queries(readAll<float>(folder + "/queries.f32")),
        truth(readAll<int>(folder + "/truth.i32")),
        filtered(readAll<int>(folder + "/filtered.i32")) {}

  // Builds, or loads what an earlier run built; the figures are those of building.
  void prepare(const std::string& name, const std::function<void()>& build, const std::function<void(const std::string&)>& load,
               const std::function<void(const std::string&)>& save) {
    std::string index = folder + "/" + name + ".index", built = folder + "/" + name + ".built";
    double seconds, bytes;
    FILE* f = fopen(built.c_str(), "r");
    if (f && fscanf(f, "%lf %lf", &seconds, &bytes) == 2) {
      load(index);
    } else {
      double before = anonymousBytes(), started = cpuSeconds();
      build();
      seconds = cpuSeconds() - started;
      bytes = (anonymousBytes() - before) / rows();
      save(index);
      f = fopen(built.c_str(), "w");
      fprintf(f, "%f %f\n", seconds, bytes);
    }
    fclose(f);
    printf("%f %f\n", seconds, bytes);
    fflush(stdout);
  }

  void serve(const std::function<void(const float*, int, long*)>& search, const std::function<void(int)>& setFilter) {
    double started;
    char line[256];
    int current = 1;
    while (fgets(line, sizeof line, stdin)) {
      int width = 0, divisor = 1;
      if (sscanf(line, "filter %d %d", &width, &divisor) != 2 && sscanf(line, "search %d", &width) != 1) return;
      if (divisor != current) setFilter(current = divisor);
      const std::vector<int>& expected = divisor == 1 ? truth : filtered;
      std::vector<long> hits(asked() * kHits, -1);
      started = cpuSeconds();
      for (long q = 0; q < asked(); q++) search(&queries[q * dimensions], width, &hits[q * kHits]);
      double seconds = cpuSeconds() - started;
      long found = 0;
      for (long q = 0; q < asked(); q++)
        for (int i = 0; i < kHits; i++)
          for (int j = 0; j < kHits; j++) found += hits[q * kHits + i] == expected[q * kHits + j];
      printf("%f %f\n", found / double(asked() * kHits), seconds);
      fflush(stdout);
    }
  }
};
