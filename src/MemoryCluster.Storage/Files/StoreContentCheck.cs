using MemoryCluster.Shards;

namespace MemoryCluster.Storage.Files;

/// <summary>What is wrong with the records of a store, by somebody who can read them; empty where nothing is.</summary>
/// <param name="store">The store's name, as <see cref="StoreId.ToString"/> writes it.</param>
/// <param name="records">Its live records, read as they are asked for.</param>
/// <param name="seq">Its last sequence number.</param>
public delegate IEnumerable<string> StoreContentCheck(string store, IEnumerable<StoredRecord> records, long seq);
