using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Store;
using XoBlazor.Core.Transfers;

namespace XoBlazor.App.Api.Methods;

/// <summary>Methods that are operations under Xen Orchestra's names: the object found by its id, the arguments handed on, the end awaited and told. Safe from any thread.</summary>
internal sealed class OperationVerbs(OperationCatalogue operations, OperationRunner runner, AccessEngine access, IHostApplicationLifetime lifetime)
{
    /// <summary>The operation of this name. A name that none has stops the start.</summary>
    public Operation Operation(string name) => operations.Find(name) ?? throw new InvalidOperationException($"the API names an operation '{name}' that is not there");

    /// <summary>A method that is one operation on one object.</summary>
    /// <param name="target">The parameter that names the object.</param>
    /// <param name="types">Xen Orchestra's types that the object may be of.</param>
    /// <param name="arguments">What the operation is given; whatever else was sent when nothing is said.</param>
    public ApiMethod Verb(
        string method, string operation, string target, ImmutableArray<string> types, ImmutableArray<ApiParameter> parameters, Func<ApiCall, JsonObject>? arguments = null)
    {
        var what = Operation(operation);
        return new(method, ApiPermission.SignedIn, async call =>
        {
            var on = call.Find(target, types.AsSpan());
            return ResultOf(await RunAsync(call, on, what, arguments is null ? call.Given(target) : arguments(call)));
        })
        {
            Description = what.Description,
            Parameters = parameters,
        };
    }

    public Task<OperationResult> RunAsync(ApiCall call, Located<XapiObject> on, string operation, JsonObject? arguments = null) =>
        RunAsync(call, on, Operation(operation), arguments);

    /// <summary>Runs an operation to its end. Fails with <see cref="ApiException"/> when it did not succeed. It goes on when the caller goes.</summary>
    public async Task<OperationResult> RunAsync(ApiCall call, Located<XapiObject> on, Operation operation, JsonObject? arguments) =>
        await EndAsync(call, on, await StartAsync(call, on, operation, arguments));

    public async Task<OperationRun> StartAsync(ApiCall call, Located<XapiObject> on, Operation operation, JsonObject? arguments)
    {
        try
        {
            var run = await runner.StartAsync(call.Requester, operation, on.Pool.Key(on.Object), arguments, lifetime.ApplicationStopping);
            call.Caller.Begun(run);
            return run;
        }
        catch (OperationRefusedException refused)
        {
            throw OperationErrors.Of(refused, operation, on.Pool, on.Object, call.Method.Name);
        }
    }

    public async Task<OperationResult> EndAsync(ApiCall call, Located<XapiObject> on, OperationRun run) =>
        Succeeded(await run.Completion.WaitAsync(call.Closed), call.Requester, on);

    private OperationResult Succeeded(OperationResult result, Requester requester, Located<XapiObject> on) =>
        result.End == OperationEnd.Succeeded ? result : throw OperationErrors.Of(result, on.Pool, reference => on.Pool.Get(reference) is { } named
            && access.Allows(requester.Actor, Right.View, on.Pool, named) ? on.Pool.Key(named).Uuid : null);

    /// <summary>Whether an operation would be begun now. Fails with <see cref="ApiException"/> when not.</summary>
    public void Review(Requester requester, Located<XapiObject> on, Operation operation, JsonObject arguments, string method)
    {
        try
        {
            if (runner.Review(requester, operation, on.Pool.Key(on.Object), arguments, isNow: true) is { } obstacle)
                throw new OperationRefusedException(obstacle);
        }
        catch (OperationRefusedException refused)
        {
            throw OperationErrors.Of(refused, operation, on.Pool, on.Object, method);
        }
    }

    /// <summary>
    /// Whether the requester may do it and what was given can be meant, whatever state things are in: for what comes after something else. Fails with
    /// <see cref="ApiException"/> when not.
    /// </summary>
    public void Permit(ApiCall call, Located<XapiObject> on, string operation, JsonObject? arguments = null)
    {
        var what = Operation(operation);
        try
        {
            runner.Review(call.Requester, what, on.Pool.Key(on.Object), arguments);
        }
        catch (OperationRefusedException refused)
        {
            if (refused.Reason != RefusalReason.Impossible)
                throw OperationErrors.Of(refused, what, on.Pool, on.Object, call.Method.Name);
        }
    }

    /// <summary>Runs an operation whose bytes go to, or come from, the caller. Fails with <see cref="ApiException"/> when it did not succeed.</summary>
    public async Task<OperationResult> RunAsync(
        Requester requester, Located<XapiObject> on, Operation operation, JsonObject arguments, string method, TransferEnd end, Action<OperationRun>? begun)
    {
        try
        {
            var run = await runner.StartAsync(requester, operation, on.Pool.Key(on.Object), arguments, lifetime.ApplicationStopping, end);
            begun?.Invoke(run);
            return Succeeded(await run.Completion, requester, on);
        }
        catch (OperationRefusedException refused)
        {
            throw OperationErrors.Of(refused, operation, on.Pool, on.Object, method);
        }
    }

    /// <summary>The id of what was made, what was found out, or that it was done.</summary>
    public static ApiResult ResultOf(OperationResult result) => result.Made is { } made ? made.Uuid : result.Answer is { } answer ? answer : ApiResult.Done;
}
