using Microsoft.Extensions.Options;

namespace XoBlazor.App.Api.Limits;

/// <summary>The rate of calls that all connections of one user share.</summary>
internal sealed class UserRates(IOptions<ApiLimits> limits, TimeProvider time) : RatesByUser(limits.Value.MostCallsPerSecondOfUser, 2 * limits.Value.MostCallsPerSecondOfUser, time);
