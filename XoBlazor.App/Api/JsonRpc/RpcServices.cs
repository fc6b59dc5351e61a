using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Api.Limits;
using XoBlazor.App.Api.Sessions;

namespace XoBlazor.App.Api.JsonRpc;

/// <summary>What every connection needs.</summary>
internal sealed class RpcServices(
    ApiCalls calls, ApiSessions sessions, UserRates userRates, IEnumerable<IApiFollower> followers, IOptions<ApiLimits> limits, TimeProvider time)
{
    public ApiCalls Calls => calls;

    public ApiSessions Sessions => sessions;

    public UserRates UserRates => userRates;

    public ImmutableArray<IApiFollower> Followers { get; } = [.. followers];

    public ApiLimits Limits => limits.Value;

    public TimeProvider Time => time;
}
