using MemoryCluster.Storage.Files.Format;

namespace MemoryCluster.Storage.Files;

internal readonly record struct RecordSlot(long Seq, Extent Payload);
