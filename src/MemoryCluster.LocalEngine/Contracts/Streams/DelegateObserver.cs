namespace Orleans.Streams;

internal sealed class DelegateObserver<T>(
    Func<T, StreamSequenceToken?, Task> onNextAsync, Func<Exception, Task> onErrorAsync, Func<Task> onCompletedAsync) : IAsyncObserver<T>
{
    public Task OnNextAsync(T item, StreamSequenceToken? token = null) => onNextAsync(item, token);

    public Task OnCompletedAsync() => onCompletedAsync();

    public Task OnErrorAsync(Exception ex) => onErrorAsync(ex);
}
