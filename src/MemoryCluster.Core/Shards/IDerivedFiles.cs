namespace MemoryCluster.Shards;

/// <summary>Files beside a store that are derived from its records: any may be missing at any time, and what it held is then built anew.</summary>
public interface IDerivedFiles
{
    /// <summary>The files that are there.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>A file, mapped for copy on write; null where there is none.</summary>
    DerivedFile? Open(string name);

    /// <summary>Writes a whole file: a crash leaves all of it or nothing.</summary>
    void Write(string name, Action<Stream> write);

    void Delete(string name);
}
