using Microsoft.Extensions.Options;
using XoBlazor.App.Api.Limits;
using XoBlazor.Core.Consoles;

namespace XoBlazor.App.Api.Consoles;

/// <summary>
/// How many small pictures of screens each user may ask for, in all their windows together: what is read on them stands in no audit, so nobody takes them by the thousand. A list that is
/// scrolled through asks for four seconds' worth at once.
/// </summary>
internal sealed class ThumbnailRates(IOptions<ConsoleOptions> settings, TimeProvider time) : RatesByUser(settings.Value.MostThumbnailsPerSecond, 4 * settings.Value.MostThumbnailsPerSecond, time);
