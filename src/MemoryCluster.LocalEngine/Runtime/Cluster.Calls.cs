using MemoryCluster.LocalEngine.Filters;
using MemoryCluster.LocalEngine.Proxies;
using Orleans;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Runtime;

internal sealed partial class Cluster
{
    private IOutgoingGrainCallFilter[] _clientFilters = [];

    /// <summary>Sends a call. The task is a <see cref="Task{TResult}"/>, unless the method has no result.</summary>
    public Task Send<TResult>(GrainProxy proxy, Invocation<TResult> invocation)
    {
        var source = SynchronizationContext.Current as TurnContext;
        var filters = source?.Silo?.OutgoingFilters ?? _clientFilters;
        return filters.Length == 0
            ? SendUnfiltered(proxy, invocation)
            : invocation.RunFiltered(new OutgoingCall<TResult>(proxy, invocation, filters, source as Activation));
    }

    public Task SendUnfiltered<TResult>(GrainProxy proxy, Invocation<TResult> invocation)
    {
        var source = SynchronizationContext.Current as TurnContext;
        if (_stage != Stage.Running && !MaySend(source))
        {
            return invocation.Faulted(new SiloUnavailableException($"The local engine is {_stage}; {invocation.GetActivityName()} was not sent."));
        }

        var callerToken = invocation.Token;
        CancellationTokenSource? cancellation = null;
        var method = invocation.Method;
        if (method.TakesToken)
        {
            if (callerToken.IsCancellationRequested)
            {
                return Task.FromCanceled<TResult>(callerToken);
            }

            cancellation = new CancellationTokenSource();
            invocation.Token = cancellation.Token;
        }

        if (_runsInline && !method.IsHeavy && !method.IsOneWay && TryRunInline(proxy, invocation, source, out var run))
        {
            return run.HasEnded ? run.Running : Follow(run);
        }

        var call = NewCall();
        if (method.IsOneWay)
        {
            Scheduler.Send(call);
            return Task.CompletedTask;
        }

        call.Await(method.ResponseTimeout ?? _options.ResponseTimeout, callerToken);
        Scheduler.Send(call);
        return call.Task;

        Call<TResult> NewCall() => new(this, proxy.Binding.GrainClass, proxy.GrainId, invocation)
        {
            Source = source,
            Cancellation = cancellation,
            Flow = ExecutionContext.Capture(),
            ReentrancyId = RequestContext.ReentrancyId,
        };

        Task Follow(in InlineRun run)
        {
            var call = NewCall();
            call.Await(method.ResponseTimeout ?? _options.ResponseTimeout, callerToken);
            run.Activation.Follow(call, run);
            return call.Task;
        }
    }

    /// <summary>Hands the call to the grain's activation, wherever that is now.</summary>
    public void Deliver(Call call)
    {
        try
        {
            while (true)
            {
                var target = Locate(call.GrainClass, call.TargetId, call.Source);
                switch (target.Receive(call))
                {
                    case Receipt.Accepted:
                        return;
                    case Receipt.Full:
                        Scheduler.Reply(call, target, call.Invocation.Faulted(Overload(target)));
                        return;
                    case Receipt.Ended:
                        Directory.Remove(target);
                        break;
                }
            }
        }
        catch (OrleansException exception)
        {
            call.TryFail(exception);
        }
    }

    public Activation Locate(GrainClass grainClass, GrainId grainId, TurnContext? source)
    {
        if (grainClass.WorkersMax > 0)
        {
            return _placement.Choose(grainClass, grainId, source?.Silo).PoolOf(this, grainClass, grainId).Pick();
        }

        return Directory.TryFind(grainId, out var activation)
            ? activation
            : Directory.FindOrAdd(grainId, () => Place(grainClass, grainId, source?.Silo));
    }

    public LimitExceededException Overload(Activation target) =>
        new($"The queue of {target.GrainId} is full ({target.Load} of {EnqueuedRequestsMax} requests); the call was not begun. Try later, or raise LocalEngineOptions.EnqueuedRequestsMax.");

    private Activation Place(GrainClass grainClass, GrainId grainId, Silo? source)
    {
        var silo = _placement.Choose(grainClass, grainId, source);
        var activation = new Activation(this, silo, grainClass, grainId);
        silo.Add(activation);
        return activation;
    }

    private bool TryRunInline(GrainProxy proxy, Invocation invocation, TurnContext? source, out InlineRun run)
    {
        if (proxy.Hint is { } hint && hint.TryRun(invocation, out run))
        {
            return true;
        }

        run = default;
        var grainClass = proxy.Binding.GrainClass;
        if (grainClass.WorkersMax == 0)
        {
            if (!Directory.TryFind(proxy.GrainId, out var activation) || ReferenceEquals(activation, proxy.Hint))
            {
                return false;
            }

            proxy.Hint = activation;
            return activation.TryRun(invocation, out run);
        }

        // Where filters may refuse every silo, Deliver turns that into the caller's failure.
        return grainClass.Filters.Length == 0 && Locate(grainClass, proxy.GrainId, source).TryRun(invocation, out run);
    }
}
