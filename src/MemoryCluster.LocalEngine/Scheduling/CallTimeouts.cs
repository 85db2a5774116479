using MemoryCluster.LocalEngine.Runtime;

namespace MemoryCluster.LocalEngine.Scheduling;

/// <summary>Calls that wait for an answer, in doubly linked lists that a timer walks: to add and to remove one costs two pointers,
/// where a timer of its own would cost more than the call.</summary>
internal sealed class CallTimeouts(TimeProvider clock) : IDisposable
{
    // Precision of a time-out: fine enough for limits of a second and more; shorter ones get timers of their own.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Coarse = TimeSpan.FromSeconds(1);

    private readonly Stripe[] _stripes = Array.ConvertAll(new Stripe[16], _ => new Stripe());
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private volatile bool _isArmed;

    public void Add(Call call, TimeSpan timeout)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        if (timeout < Coarse)
        {
            call.Timer = clock.CreateTimer(static state => ((Call)state!).Expire(), call, timeout, Timeout.InfiniteTimeSpan);
            return;
        }

        call.Deadline = clock.GetTimestamp() + (long)(timeout.TotalSeconds * clock.TimestampFrequency);
        call.Stripe = Environment.CurrentManagedThreadId & (_stripes.Length - 1);
        _stripes[call.Stripe].Add(call);
        if (!_isArmed)
        {
            Arm();
        }
    }

    public void Remove(Call call)
    {
        if (call.Timer is { } timer)
        {
            timer.Dispose();
        }
        else if (call.Stripe >= 0)
        {
            _stripes[call.Stripe].Remove(call);
        }
    }

    public void Dispose() => _timer?.Dispose();

    private void Arm()
    {
        lock (_gate)
        {
            if (_isArmed)
            {
                return;
            }

            _timer ??= clock.CreateTimer(static state => ((CallTimeouts)state!).OnTick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(Tick, Timeout.InfiniteTimeSpan);

            // Said only when it is so: whoever reads it may move a clock next.
            _isArmed = true;
        }
    }

    private void OnTick()
    {
        var now = clock.GetTimestamp();
        var expired = new List<Call>();
        _isArmed = false;
        var isEmpty = true;
        foreach (var stripe in _stripes)
        {
            isEmpty &= !stripe.Collect(now, expired);
        }

        foreach (var call in expired)
        {
            call.Expire();
        }

        if (!isEmpty)
        {
            Arm();
        }
    }

    private sealed class Stripe
    {
        private readonly Lock _gate = new();
        private Call? _first;

        public void Add(Call call)
        {
            lock (_gate)
            {
                call.Next = _first;
                _first?.Previous = call;
                _first = call;
            }
        }

        public void Remove(Call call)
        {
            lock (_gate)
            {
                if (call.Previous is null && _first != call)
                {
                    return;
                }

                if (call.Previous is { } previous)
                {
                    previous.Next = call.Next;
                }
                else
                {
                    _first = call.Next;
                }

                call.Next?.Previous = call.Previous;
                call.Next = call.Previous = null;
            }
        }

        /// <summary>Adds what is due, and says whether anything waits here.</summary>
        public bool Collect(long now, List<Call> expired)
        {
            lock (_gate)
            {
                for (var call = _first; call is not null; call = call.Next)
                {
                    if (call.Deadline <= now)
                    {
                        expired.Add(call);
                    }
                }

                return _first is not null;
            }
        }
    }
}
