// The chart of a device: what the telemetry endpoint gives (3,000 points a series at most), drawn by uPlot.
import "uplot/dist/uPlot.min.css";
import { drawChart } from "./chart/draw";

const place = document.getElementById("chart");
if (place) void drawChart(place);
