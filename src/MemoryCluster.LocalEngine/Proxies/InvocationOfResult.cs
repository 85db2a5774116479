using System.Runtime.CompilerServices;
using MemoryCluster.LocalEngine.Filters;

namespace MemoryCluster.LocalEngine.Proxies;

internal abstract class Invocation<TResult> : Invocation
{
    internal override Task Faulted(Exception exception) =>
        exception is OperationCanceledException { CancellationToken.IsCancellationRequested: true } canceled
            ? Task.FromCanceled<TResult>(canceled.CancellationToken)
            : Task.FromException<TResult>(exception);

    internal override object? ResultOf(Task completed) =>
        typeof(TResult) == typeof(VoidResult) ? null : Unsafe.As<Task<TResult>>(completed).GetAwaiter().GetResult();

    internal override Task RunFiltered(FilteredCall call) => RunFilteredAsync(call);

    private static async Task<TResult> RunFilteredAsync(FilteredCall call)
    {
        await call.Invoke();
        return typeof(TResult) == typeof(VoidResult) ? default! : (TResult)call.Result!;
    }
}
