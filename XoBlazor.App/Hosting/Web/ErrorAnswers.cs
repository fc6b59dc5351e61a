using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace XoBlazor.App.Hosting.Web;

/// <summary>
/// What a browser or program is told when a request fails: never more than an id, which the log has too. A request that was wrong
/// in itself is told so.
/// </summary>
internal static partial class ErrorAnswers
{
    public static void UseErrorAnswers(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("XoBlazor.App.Requests");
        app.UseExceptionHandler(branch => branch.Run(context => AnswerAsync(context, log)));
        app.UseStatusCodePages(AnswerStatusAsync);
    }

    private static Task AnswerAsync(HttpContext context, ILogger log)
    {
        var problem = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        if (problem is BadHttpRequestException wrong)
        {
            context.Response.StatusCode = wrong.StatusCode;
            return WriteAsync(context, Title(wrong.StatusCode), Words(wrong.StatusCode));
        }

        var id = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
        LogFailed(log, problem, context.Request.Method, context.Request.Path, id);
        return WriteAsync(context, "Something went wrong", $"Internal error {id}. The server's log says more under this id.");
    }

    private static Task AnswerStatusAsync(StatusCodeContext context)
    {
        var status = context.HttpContext.Response.StatusCode;
        return WriteAsync(context.HttpContext, Title(status), Words(status));
    }

    // A person gets a page with a way on, a program the words alone.
    private static Task WriteAsync(HttpContext context, string title, string words)
    {
        var isPerson = (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsPost(context.Request.Method))
            && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        if (isPerson)
            return new RazorComponentResult<ErrorPage>(new Dictionary<string, object?> { [nameof(ErrorPage.Title)] = title, [nameof(ErrorPage.Words)] = words })
            {
                StatusCode = context.Response.StatusCode,
            }.ExecuteAsync(context);
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(words);
    }

    private static string Title(int status) => status switch
    {
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => "Not allowed",
        StatusCodes.Status404NotFound => "Not found",
        _ => "This did not work",
    };

    private static string Words(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "This request could not be understood. If it came from a form, go back, reload the page and send it again.",
        StatusCodes.Status401Unauthorized => "Sign in first.",
        StatusCodes.Status403Forbidden => "This is not allowed.",
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => "This address does not take this kind of request.",
        StatusCodes.Status413PayloadTooLarge => "This request is too large.",
        _ => $"The request failed with status {status}.",
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed, id {Id}.")]
    private static partial void LogFailed(ILogger log, Exception? problem, string method, string path, string id);
}
