/* SQLite FTS5 in memory, asked for its best by BM25.
   Arguments: a file of documents and one of queries, one a line, words apart by spaces; how many hits.
   Prints "ready SECONDS" (of the processor, to index), then answers lines of its input:
   "run" by "SECONDS" for all queries once, "answers" by the documents' numbers for each query, a line each. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static sqlite3 *database;

static double processor_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

static void check(int result, int expected) {
  if (result != expected) {
    fprintf(stderr, "sqlite: %s\n", sqlite3_errmsg(database));
    exit(1);
  }
}

static void execute(const char *sql) { check(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK); }

static sqlite3_stmt *prepare(const char *sql) {
  sqlite3_stmt *statement;
  check(sqlite3_prepare_v2(database, sql, -1, &statement, NULL), SQLITE_OK);
  return statement;
}

static FILE *open_file(const char *path) {
  FILE *file = fopen(path, "r");
  if (file == NULL) {
    perror(path);
    exit(1);
  }
  return file;
}

static void index_documents(const char *path) {
  FILE *file = open_file(path);
  char *line = NULL;
  size_t room = 0;
  ssize_t length;
  execute("CREATE VIRTUAL TABLE texts USING fts5(words, content='', tokenize='ascii')");
  execute("BEGIN");
  sqlite3_stmt *insert = prepare("INSERT INTO texts(rowid, words) VALUES (?1, ?2)");
  for (int number = 1; (length = getline(&line, &room, file)) >= 0; number++) {
    sqlite3_bind_int(insert, 1, number);
    sqlite3_bind_text(insert, 2, line, (int)length - 1, SQLITE_TRANSIENT);
    check(sqlite3_step(insert), SQLITE_DONE);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  execute("INSERT INTO texts(texts) VALUES ('optimize')");
  execute("COMMIT");
  free(line);
  fclose(file);
}

/* "a b c" becomes "a OR b OR c". */
static char *to_query(char *line) {
  char *query = malloc(5 * strlen(line) + 1);
  *query = 0;
  for (char *word = strtok(line, " \n"); word != NULL; word = strtok(NULL, " \n")) {
    if (*query) strcat(query, " OR ");
    strcat(query, word);
  }
  return query;
}

static int read_queries(const char *path, char ***queries) {
  FILE *file = open_file(path);
  char *line = NULL;
  size_t room = 0;
  int count = 0;
  *queries = NULL;
  while (getline(&line, &room, file) >= 0) {
    *queries = realloc(*queries, (count + 1) * sizeof(char *));
    (*queries)[count++] = to_query(line);
  }
  free(line);
  fclose(file);
  return count;
}

static void answer(sqlite3_stmt *select, const char *query, int print) {
  sqlite3_bind_text(select, 1, query, -1, SQLITE_STATIC);
  while (sqlite3_step(select) == SQLITE_ROW) {
    int number = sqlite3_column_int(select, 0) - 1;
    if (print) printf("%d ", number);
  }
  if (print) printf("\n");
  sqlite3_reset(select);
}

int main(int argc, char **argv) {
  char **queries;
  char command[16];
  if (argc != 4) return 2;
  check(sqlite3_open(":memory:", &database), SQLITE_OK);
  double began = processor_seconds();
  index_documents(argv[1]);
  printf("ready %.6f\n", processor_seconds() - began);
  fflush(stdout);
  int count = read_queries(argv[2], &queries);
  sqlite3_stmt *select = prepare("SELECT rowid FROM texts WHERE texts MATCH ?1 ORDER BY rank LIMIT ?2");
  sqlite3_bind_int(select, 2, atoi(argv[3]));
  while (fgets(command, sizeof command, stdin) != NULL) {
    int print = command[0] == 'a';
    began = processor_seconds();
    for (int i = 0; i < count; i++) answer(select, queries[i], print);
    if (!print) printf("%.6f\n", processor_seconds() - began);
    fflush(stdout);
  }
  return 0;
}
