using MemoryCluster.Shards;
using Microsoft.Extensions.Logging;

namespace MemoryCluster.Storage.Files;

internal sealed partial class FileStore
{
    [LoggerMessage(Level = LogLevel.Information,
        Message = "Store {Store} opened: segment {Segment}, {Records} records, sequence {Seq}, in {Elapsed}.")]
    private static partial void LogOpened(ILogger logger, StoreId store, long segment, int records, long seq, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Store {Store}: segment {Segment} ended in {Bytes} bytes of an unfinished frame; cut at {End}, sequence {Seq}.")]
    private static partial void LogTornTail(ILogger logger, StoreId store, long segment, long bytes, long end, long seq);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Store {Store}: the snapshot is ignored and the log read whole, for {Reason}.")]
    private static partial void LogSnapshotIgnored(ILogger logger, StoreId store, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Store {Store}: no snapshot could be saved: {Reason}")]
    private static partial void LogSnapshotNotSaved(ILogger logger, StoreId store, string reason);

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Store {Store} rewritten as segment {Segment}: {OldBytes} bytes became {NewBytes}, in {Elapsed}.")]
    private static partial void LogRewritten(
        ILogger logger, StoreId store, long segment, long oldBytes, long newBytes, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Files derived from store {Store} could not be used: {Reason}.")]
    private static partial void LogDerivedFilesFailed(ILogger logger, StoreId store, string reason);
}
