namespace XoBlazor.App.Api.Rest;

/// <summary>The routes of one area. Registered as a service, found by <see cref="RestRoutes"/>.</summary>
internal interface IRestRoutes
{
    IEnumerable<RestRoute> Routes { get; }
}
