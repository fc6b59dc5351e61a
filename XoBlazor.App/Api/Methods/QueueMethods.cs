using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Transfers;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Operations.Transfers;
using XoBlazor.Core.Operations.Transfers.Queue;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>The queue of transfers and what has become of those before: seen by whoever sees the object, changed by whoever asked for it or orders the queue. Of our own.</summary>
internal sealed class QueueMethods(TransferQueue queue, QueueActs acts, IHostApplicationLifetime lifetime) : IApiMethods
{
    private static readonly ApiPermission s_order = ApiPermission.Of(TransferRights.Order);

    public IEnumerable<ApiMethod> Methods =>
    [
        new("transfer.getAll", ApiPermission.SignedIn, call => ValueTask.FromResult<ApiResult>(new JsonArray([.. queue.All.Where(one => acts.Sees(call.Requester.Actor, call.Objects, one.Record)).Select(one => (JsonNode)Shape(call, one))])))
        {
            Description = "returns the transfers that wait, run or have ended, newest first",
        },
        Act("transfer.hold", "has a waiting transfer passed over until it is released", (call, number) => acts.HoldAsync(call.Requester, number, isHeld: true)),
        Act("transfer.release", "lets a transfer go on that was held", (call, number) => acts.HoldAsync(call.Requester, number, isHeld: false)),
        Act("transfer.move", "moves a waiting transfer in the queue: first, up, down or last", (call, number) => acts.MoveAsync(call.Requester, number, Where(call)), Choice("to", "first", "up", "down", "last")),
        Act("transfer.cancel", "takes a transfer out of the queue, or ends it and takes away what it made", (call, number) => acts.CancelAsync(call.Requester, number)),
        new("transfer.retry", ApiPermission.SignedIn, async call =>
            await RefusedAsync(call, async number => (ApiResult)new JsonObject { ["run"] = OperationNumber.Of(await acts.RetryAsync(call.Requester, number, lifetime.ApplicationStopping)) }))
        {
            Description = "asks once more for a transfer that did not come to a good end, and returns its run",
            Parameters = [Text("run")],
        },
        new("transfer.pause", s_order, call => PauseAsync(call, isPaused: true)) { Description = "has nothing begin that waits; what runs goes on", Parameters = [] },
        new("transfer.resume", s_order, call => PauseAsync(call, isPaused: false)) { Description = "lets the queue go on", Parameters = [] },
    ];

    private static ApiMethod Act(string name, string description, Func<ApiCall, long, Task> act, params ApiParameter[] further) => new(name, ApiPermission.SignedIn, async call =>
        await RefusedAsync(call, async number =>
        {
            await act(call, number);
            return ApiResult.Done;
        }))
    {
        Description = description,
        Parameters = [Text("run"), .. further],
    };

    private async ValueTask<ApiResult> PauseAsync(ApiCall call, bool isPaused)
    {
        await acts.PauseAsync(call.Requester, isPaused);
        return ApiResult.Done;
    }

    private static async Task<ApiResult> RefusedAsync(ApiCall call, Func<long, Task<ApiResult>> act)
    {
        try
        {
            // What is no number is the number of no transfer.
            return await act(long.TryParse(call.Text("run"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0);
        }
        catch (OperationRefusedException refused)
        {
            throw refused.Reason switch
            {
                RefusalReason.NotThere => ApiException.NoSuchObject(refused.About ?? call.Text("run"), "transfer"),
                RefusalReason.NoRight => ApiException.Unauthorized(id: refused.About, reason: refused.Message),
                RefusalReason.BadArguments => new(ApiErrorCode.InvalidParameters, refused.Message, new JsonObject { ["errors"] = new JsonArray() }),
                RefusalReason.Impossible or RefusalReason.OutOfReach or RefusalReason.Vetoed => ApiException.Forbidden(call.Method.Name, refused.Message),
            };
        }
    }

    private static QueueMove Where(ApiCall call) => Enum.Parse<QueueMove>(call.Text("to"), ignoreCase: true);

    private JsonObject Shape(ApiCall call, ListedTransfer one)
    {
        var (record, run, isOwn) = (one.Record, one.Run, one.Record.Requester.Actor.Id == call.Requester.Actor.Id);
        var shape = new JsonObject
        {
            ["run"] = record.Number.ToString(CultureInfo.InvariantCulture),
            ["operation"] = record.Operation,
            ["id"] = record.Target.Uuid,
            ["name"] = record.Name,
            ["to"] = record.To is { } to && call.Objects.Pool(to) is not null ? to : null,
            ["state"] = JsonNamingPolicy.CamelCase.ConvertName(record.State.ToString()),
            ["by"] = record.Requester.Actor.Name,
            ["asked"] = record.Asked.ToUnixTimeMilliseconds(),
            ["begun"] = record.Begun?.ToUnixTimeMilliseconds(),
            ["ended"] = record.Ended?.ToUnixTimeMilliseconds(),
            ["bytes"] = record.HasEnded ? record.Bytes : run?.Bytes ?? 0,
        };
        if (one.Reason is { } reason)
            shape["waits"] = new JsonObject { ["position"] = one.Position, ["reason"] = WaitText.Of(reason, call.Objects) };
        // The words of an end, and what was made, are for who asked.
        if (isOwn && record.Message is { } message)
            shape["message"] = message;
        if (isOwn && record.Made is { } made)
            shape["made"] = made.Uuid;
        if (acts.MayChange(call.Requester.Actor, record) && record.CanRetry)
            shape["canRetry"] = true;
        return shape;
    }
}
