import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.MMapDirectory;

/**
 * Lucene, one merged segment read by memory map, asked for its best by BM25 with its own block-max pruning. Arguments and answers as in
 * fts5_search.c; a fourth argument names the folder of the index.
 */
public final class LuceneSearch {
  private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  public static void main(String[] args) throws Exception {
    int hits = Integer.parseInt(args[2]);
    try (MMapDirectory directory = new MMapDirectory(Path.of(args[3]))) {
      long began = SYSTEM.getProcessCpuTime();
      index(directory, args[0]);
      System.out.printf("ready %.6f%n", (SYSTEM.getProcessCpuTime() - began) / 1e9);
      List<String> queries = Files.readAllLines(Path.of(args[1]));
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setSimilarity(new BM25Similarity());
        serve(searcher, queries, hits);
      }
    }
  }

  private static void index(MMapDirectory directory, String path) throws Exception {
    IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer()).setSimilarity(new BM25Similarity()).setRAMBufferSizeMB(256);
    try (IndexWriter writer = new IndexWriter(directory, config); BufferedReader lines = Files.newBufferedReader(Path.of(path))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Document document = new Document();
        document.add(new TextField("words", line, Field.Store.NO));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
      writer.commit();
    }
  }

  private static void serve(IndexSearcher searcher, List<String> queries, int hits) throws Exception {
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
    for (String command = commands.readLine(); command != null; command = commands.readLine()) {
      boolean print = command.equals("answers");
      long began = SYSTEM.getProcessCpuTime();
      for (String query : queries) {
        answer(searcher, query, hits, print);
      }
      if (!print) {
        System.out.printf("%.6f%n", (SYSTEM.getProcessCpuTime() - began) / 1e9);
      }
    }
  }

  private static void answer(IndexSearcher searcher, String query, int hits, boolean print) throws Exception {
    BooleanQuery.Builder words = new BooleanQuery.Builder();
    for (String word : query.split(" ")) {
      words.add(new TermQuery(new Term("words", word)), BooleanClause.Occur.SHOULD);
    }
    // The least threshold: not counting hits lets it prune from the start.
    TopScoreDocCollector best = TopScoreDocCollector.create(hits, hits);
    searcher.search(words.build(), best);
    if (print) {
      StringBuilder line = new StringBuilder();
      for (var hit : best.topDocs().scoreDocs) {
        line.append(hit.doc).append(' ');
      }
      System.out.println(line);
    } else {
      best.topDocs();
    }
  }
}
