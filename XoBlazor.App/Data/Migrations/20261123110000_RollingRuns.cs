using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XoBlazor.App.Data.Migrations
{
    /// <summary>Rolling reboots, which go on after a restart.</summary>
    [DbContext(typeof(AppDatabase))]
    [Migration("20261123110000_RollingRuns")]
    public partial class RollingRuns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
            name: "RollingRuns",
            columns: table => new
            {
                Id = table.Column<Guid>(type: "TEXT", nullable: false),
                Pool = table.Column<string>(type: "TEXT", nullable: false),
                Began = table.Column<long>(type: "INTEGER", nullable: false),
                IsOver = table.Column<bool>(type: "INTEGER", nullable: false),
                Run = table.Column<string>(type: "TEXT", nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_RollingRuns", x => x.Id));

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable(name: "RollingRuns");
    }
}
