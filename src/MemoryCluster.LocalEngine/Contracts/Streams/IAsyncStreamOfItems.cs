namespace Orleans.Streams;

/// <summary>A stream: whoever observes it receives what its producers send.</summary>
public interface IAsyncStream<T> : IAsyncStream, IEquatable<IAsyncStream<T>>, IAsyncObservable<T>, IAsyncObserver<T>
{
    Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null);

    Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles();
}
