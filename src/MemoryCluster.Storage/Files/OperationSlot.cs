using MemoryCluster.Storage.Files.Format;

namespace MemoryCluster.Storage.Files;

internal readonly record struct OperationSlot(long AtTicks, Extent Result);
