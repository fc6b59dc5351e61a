using Microsoft.Net.Http.Headers;
using XoBlazor.App.Components.Operations;
using XoBlazor.Core.Consoles;
using XoBlazor.Core.Consoles.Thumbnails;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Api.Consoles;

/// <summary>
/// Small pictures of screens for our own pages: with the console's cookie, judged at every request, so many a second for each user, kept by no cache. Where there is none now the answer is
/// <c>{"code","text"}</c>, which says why.
/// </summary>
internal static class ThumbnailEndpoint
{
    private const string Jpeg = "image/jpeg";

    /// <summary>Where a VM's picture is.</summary>
    public static string UrlOf(string pool, Vm vm) => $"/consoles/{Uri.EscapeDataString(pool)}/{Uri.EscapeDataString(vm.Uuid)}/thumbnail";

    public static void MapThumbnails(this WebApplication app) => app.MapGet("/consoles/{pool}/{vm}/thumbnail", ServeAsync).RequireAuthorization();

    private static async Task<IResult> ServeAsync(HttpContext http, string pool, string vm, ConsoleThumbnails thumbnails, ThumbnailRates rates)
    {
        // A screen is not for the browser's disk.
        http.Response.Headers.CacheControl = "private, no-store";
        var actor = ActorOf.Principal(http.User);
        if (!rates.Of(actor.Id).TryTake())
        {
            http.Response.Headers.RetryAfter = "1";
            return Results.Text("You ask for very many pictures of screens; this one comes later.", statusCode: StatusCodes.Status429TooManyRequests);
        }

        try
        {
            var thumbnail = await thumbnails.GetAsync(actor, new ObjectKey(pool, vm), http.RequestAborted);
            if (thumbnail is ConsoleThumbnail.Picture picture)
                return Results.Bytes(picture.Jpeg, Jpeg, entityTag: new EntityTagHeaderValue($"\"{picture.Tag}\""));
            var none = (ConsoleThumbnail.None)thumbnail;
            return Results.Json(new { code = none.Code, text = none.Text });
        }
        catch (ConsoleRefusedException refused)
        {
            return Results.Text(refused.Message, statusCode: refused.Code == "no-right" ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound);
        }
    }
}
